package facts

import "keyless-runners/preflight/source"

// Object is a Kubernetes object of any kind.
type Object struct {
	Place source.Place
	// Group is the API group, "" for the core of Kubernetes, and Version the API's, "" if
	// the files do not have it.
	Group, Version, Kind string

	Namespace, Name Text
	// Hash identifies the content: two objects of one name and hash are the same
	// twice.
	Hash string
	// Mistyped are values of another type than their fields have.
	Mistyped []Mistyped
	// Misspelt are fields that the kind does not have, and has one that is written nearly so, and
	// values that a field does not have.
	Misspelt []Misspelt
	// ServiceAccounts are the ServiceAccounts that an object names for Pods, if its kind is of a group that is
	// not known, such as a workflow engine's.
	ServiceAccounts []Text
}

// Mistyped is a value of another type than its field has.
type Mistyped struct {
	// Path leads to it, such as "spec.template.spec.env[NAME].value".
	Path, Value string
	// Wants is the field's type: a string, a number, a boolean, a list or an object.
	Wants source.Kind
	Place source.Place
}

// Misspelt is a field that a kind does not have, or a value that a field does not have.
type Misspelt struct {
	// Path leads to the field, such as "spec.template.spec.nodeSelectr". Value is "" if the field
	// itself is misspelt. Near is what was meant, "" if nothing is near.
	Path, Value, Near string
	Place             source.Place
}

// Unlisted is objects of a cluster that could not be listed, so any of them may be there.
type Unlisted struct {
	Place source.Place
	// What names them, such as "serviceaccounts".
	What string
}

// ServiceAccount is a Kubernetes ServiceAccount.
type ServiceAccount struct {
	Place source.Place
	// Namespace is not there if kubectl decides.
	Namespace, Name Text
	// Annotations are all of the object's, in their order.
	Annotations []Annotation
	// RoleID is the logical id of the role in the same template whose ARN is annotated and not known
	// before it is deployed; "" of others.
	RoleID string
	// APIToken is whether its Pods get a token for the Kubernetes API, "true" or "false"
	// (automountServiceAccountToken). Not there: they do.
	APIToken Text
}

// Annotation is one annotation and where its key is written.
type Annotation struct {
	Key   string
	Place source.Place
	Value Text
}

// AnnotationOf returns the annotation with the key, nil if there is none.
func AnnotationOf(annotations []Annotation, key string) *Annotation {
	for i := range annotations {
		if annotations[i].Key == key {
			return &annotations[i]
		}
	}
	return nil
}

// AnnotationValue returns the value of the annotation with the key, not there if there is none.
func AnnotationValue(annotations []Annotation, key string) Text {
	if annotation := AnnotationOf(annotations, key); annotation != nil {
		return annotation.Value
	}
	return Text{}
}

// Workload makes Pods: a runner kind of actions-runner-controller, or
// anything with a Pod template, or a Pod.
type Workload struct {
	Place           source.Place
	Kind            string
	Namespace, Name Text
	// Live reports that it is as a cluster shows it: it has a resourceVersion.
	Live bool
	// Instance is the object's label app.kubernetes.io/instance. Not there: it has none.
	Instance Text
	// Runner reports that the kind is one of actions-runner-controller: Legacy, if the
	// community maintains it, or GitHub's ScaleSet.
	Runner, Legacy, ScaleSet bool
	// ScaleSetSpec is an AutoscalingRunnerSet's, nil of other kinds.
	ScaleSetSpec *ScaleSetSpec
	// Scope is the runner's scope on GitHub.
	Scope Scope
	// RunnerLabels are the labels that the kind is given; the first of an
	// AutoscalingRunnerSet is its scale set's name.
	RunnerLabels []Text
	// ContainerMode is the legacy kinds' field; of the others "kubernetes" or
	// "kubernetes-novolume", at the variable that makes the runner start job containers
	// in separate Pods.
	ContainerMode Text
	// Replicas is a RunnerDeployment's or RunnerSet's number of runners as it is declared. Not
	// there: 1, or what an autoscaler decides, as it does of an object that a cluster has.
	Replicas Text
	// Once reports that the runner ends with its first job, and that nothing makes it again.
	Once bool
	// Invalid is why the API server refuses the Pod's specification, whatever the controller and EKS add to it.
	// Not there: it gives no reason to.
	Invalid Text
	// Refusal is why the legacy controller makes no Pod, at what it refuses. Not there: it
	// makes one.
	Refusal Text
	// DockerdWithinRunner is the legacy kinds' field, "true" or "false". Not there: false.
	DockerdWithinRunner Text
	// Ephemeral is the legacy kinds' field, "true" or "false". Not there: true, as a scale set's runners are.
	Ephemeral Text

	// Set is the name of the AutoscalingRunnerSet or RunnerDeployment that made it, of an object of
	// a cluster. Not there: none did.
	Set Text

	// ServiceAccount is the Pod's. Not there: "default"; then Misplaced is one in another place of the object,
	// which nothing reads, if there is one.
	ServiceAccount, Misplaced Text
	// APIToken is whether the Pod gets a token for the Kubernetes API, "true" or "false"
	// (automountServiceAccountToken). Not there: as its ServiceAccount says.
	APIToken Text
	// RestartPolicy is the Pod's, "Always", "OnFailure" or "Never". Not there: Always.
	RestartPolicy Text
	// PodLabels are the Pod's: the template's, and those that the controller adds. Of two with one key, the
	// first counts.
	PodLabels []KeyValue
	// PodAnnotations are the Pod's: the template's, and those that the controller adds. Of
	// two with one key, the first counts.
	PodAnnotations []Annotation
	// SkipLabel is the label that keeps EKS' webhook away from the Pods, whatever its
	// value.
	SkipLabel Text
	// SkipLabelHandedDown reports that the label is the set's, and not the Pod template's.
	SkipLabelHandedDown bool
	// FSGroup is the number of the group that volumes belong to. Not there: none.
	FSGroup Text
	// Security has the Pod's security settings. Nil: none.
	Security *Security
	// Windows is where the Pods are said to be for nodes of Windows. Not there: for those of Linux, or of
	// any system.
	Windows Text
	// RuntimeClass names the runtime of the Pod's containers. Not there: the cluster's default.
	RuntimeClass Text
	// PriorityClass names the Pod's. Not there: the cluster's default.
	PriorityClass Text
	// Resources are the requests and limits of the Pod as a whole, as in Container.
	Resources []KeyValue
	// Gate is the first of the Pods' scheduling gates: they wait until something removes it. Not there: none.
	Gate Text
	// Deadline is the number of seconds after which the Pods are stopped (activeDeadlineSeconds). Not there: never.
	Deadline Text
	// NoNameserver is the Pods' DNS policy "None", if they name no server instead. Not there: they
	// can look names up.
	NoNameserver Text
	// Redirected are the host names to which the Pods give addresses (hostAliases).
	Redirected []Text
	// HostNetwork is "true" where the Pod has the node's network.
	HostNetwork Text
	// Volumes and Containers are the Pod's as the controller makes it, before EKS' webhook
	// has seen it. The main container is the first: a runner's is "runner".
	Volumes    []Volume
	Containers []Container
}

// Scope is a runner's scope: one of the three is there, or the URL of an
// AutoscalingRunnerSet.
type Scope struct {
	SourceRepository, Organization, Enterprise, Group, URL Text
}

// EnvVar is an environment variable.
type EnvVar struct {
	Name  string
	Place source.Place
	// Value is not there if it comes from elsewhere.
	Value Text
	// From says where else, such as "secretKeyRef"; "" if Value has it. Of a key of a
	// ConfigMap or a Secret, Source is that and Key the key; of a field of the Pod, Key is its path.
	From   string
	Source EnvSource
	Key    string
}

// EnvSource is a ConfigMap or a Secret of the Pod's namespace from which variables
// come.
type EnvSource struct {
	Place source.Place
	// Kind is "ConfigMap" or "Secret".
	Kind string
	Name Text
	// Prefix stands before each key, if all of them are variables.
	Prefix string
	// Optional reports that it, or the key, may be missing.
	Optional bool
}

// KeyValues is a ConfigMap or a Secret.
type KeyValues struct {
	Place           source.Place
	Kind            string
	Namespace, Name Text
	Keys            []KeyValue
	// Unknown says why there may be other keys; "" if there are none.
	Unknown string
}

// KeyValue is a key and, of a ConfigMap, its value: the values of a Secret are nowhere
// in the facts.
type KeyValue struct {
	Key   string
	Place source.Place
	Value Text
	// Block reports that the lines of the value are those of the file behind its place.
	Block bool
}

// RBACRole is a Role or a ClusterRole.
type RBACRole struct {
	Place source.Place
	// Kind is "Role" or "ClusterRole".
	Kind string
	// Namespace is not there if kubectl decides, nor of a ClusterRole.
	Namespace, Name Text
	Rules           []RBACRule
	// Aggregated reports that the cluster fills in the rules from other
	// ClusterRoles: Rules are not all.
	Aggregated bool
}

// RBACRule allows every verb of it on every resource of it.
type RBACRule struct {
	Place                       source.Place
	APIGroups, Resources, Verbs []string
	// ResourceNames are the only objects that the rule applies to; none: all.
	ResourceNames []string
}

// RBACBinding is a RoleBinding or a ClusterRoleBinding.
type RBACBinding struct {
	Place source.Place
	// Kind is "RoleBinding" or "ClusterRoleBinding".
	Kind string
	// Namespace is where the rights hold: not there if kubectl decides; of a
	// ClusterRoleBinding, which binds in all of them, neither.
	Namespace Text
	// RoleKind is "Role" or "ClusterRole". A Role is in the binding's namespace.
	RoleKind, RoleName Text
	Subjects           []RBACSubject
}

// RBACSubject is who a binding gives rights to.
type RBACSubject struct {
	Place source.Place
	// Kind is "ServiceAccount", "Group" or "User".
	Kind string
	// Namespace is a ServiceAccount's; that of the RoleBinding if the subject
	// has none.
	Namespace, Name Text
}

// Autoscaler is a HorizontalRunnerAutoscaler.
type Autoscaler struct {
	Place           source.Place
	Namespace, Name Text
	// Kind and Target name what it scales, in its own namespace. Kind is "RunnerDeployment" or
	// "RunnerSet".
	Kind, Target Text
	// MinReplicas and MaxReplicas are numbers, without which it does not scale.
	MinReplicas, MaxReplicas Text
	// Raises reports that a metric, an event or a time may raise the number above the minimum.
	Raises bool
}

// Namespace is a namespace of a cluster.
type Namespace struct {
	Place source.Place
	Name  Text
	// Enforces is the Pod Security level that its Pods must have: "privileged", "baseline" or
	// "restricted". Not there: any level.
	Enforces Text
}

// ScaleSetSpec has what GitHub's controller reads of an AutoscalingRunnerSet beside its Pod
// template.
type ScaleSetSpec struct {
	// Version is the object's label app.kubernetes.io/version: of which controller it is.
	Version Text
	// Secret is the name of what holds the credentials for GitHub.
	Secret Text
	// MinRunners and MaxRunners are numbers. Not there: 0, and no limit.
	MinRunners, MaxRunners Text
}
