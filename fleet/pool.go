package fleet

import (
	"cmp"
	"iter"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Pool is a set of like runners: one RunnerDeployment or one scale set, with one
// ServiceAccount and one role.
type Pool struct {
	// Name identifies the pool in the fleet. The logical ids of its resources in
	// CloudFormation are derived from it, so a new name means new resources; while the old
	// ones exist, IAM accepts the new ones only with another Role and Policy.
	Name identity.PoolName
	// Cluster runs the pool.
	Cluster Cluster
	// AlsoIn are further clusters of the same account that run the pool, under the same names
	// and with the same role: while a fleet moves from one cluster to the next, or for good.
	// Prefer a Stack that is no cluster's then. Zero: none.
	AlsoIn []Cluster
	// AlsoInGroups are the runner groups that the runners join in the clusters of AlsoIn, one for
	// each. A scale set needs another group in each cluster: a group has one scale set of a name. Zero:
	// runners of a RunnerDeployment join Group in every cluster.
	AlsoInGroups []identity.RunnerGroup
	// Stack holds the pool's role and policy. Zero: the cluster's stack.
	Stack identity.StackName

	// Scope is whose jobs the pool runs.
	Scope Scope
	// Group is the runner group that the runners join. Zero: the default group.
	// Only organizations and enterprises have groups.
	Group identity.RunnerGroup
	// GitHubAPICredentialsFrom is the name of the Secret in the pool's namespace by which the
	// controller signs in to GitHub for a RunnerDeployment, with github_app_id,
	// github_app_installation_id and github_app_private_key, or with github_token. Zero: the
	// controller's own credentials. A scale set names its Secret itself.
	GitHubAPICredentialsFrom string
	// ExternalSecret makes the Secret by which the controller signs in to GitHub. Zero: the
	// Secret is made elsewhere.
	ExternalSecret *ExternalSecret
	// Labels are the labels by which jobs choose the pool; GitHub adds "self-hosted". At
	// least one, except for a scale set, which has none.
	Labels []identity.RunnerLabel

	Namespace      identity.Namespace
	ServiceAccount identity.ServiceAccount
	// RunnerDeployment makes the runners, with actions-runner-controller's legacy kind.
	RunnerDeployment identity.RunnerDeployment
	// ScaleSet makes the runners, with GitHub's own kind. Either it or RunnerDeployment is
	// set.
	ScaleSet *ScaleSet

	// Way is how the runners' Pods get the role. Zero: WayIRSA.
	Way Way
	// RolePath is the path of the role, part of its ARN. Zero: "/".
	RolePath identity.RolePath
	Role     identity.RoleName
	// Policy is the name of the role's policy. Zero for an existing role, which gets none.
	Policy identity.PolicyName
	// ExistingRole means that the role exists already, with its trust and its policies: it is
	// managed elsewhere, or another pool's, which names this one's ServiceAccount in
	// AlsoTrusts. Zero: it is created. For keyless check to know what it may do, put the
	// output of "aws iam get-account-authorization-details" into dist/.
	ExistingRole bool
	// ExistingAssociation means that the pool's ServiceAccount already has an EKS Pod Identity
	// association with the role in each cluster, managed elsewhere: EKS refuses a second one.
	// Zero: the associations are created. For keyless check to know them, put the output of
	// "aws eks describe-pod-identity-association" into dist/.
	ExistingAssociation bool
	// SessionPolicy narrows an existing role to what this pool declares: its associations have a
	// session policy with PushesTo, PullsFrom, PullsThrough, CachesTo and Statements, so pools that
	// share a role can each do their own. EKS sends no session tags then, so the role's trust policy
	// cannot require any. Zero: the Pods may do all that the role may.
	SessionPolicy bool
	// TargetRole is a role of another account that the Pods have in place of Role. Zero: none.
	TargetRole *TargetRole
	// AlsoTrusts are the ServiceAccounts of other pools in the same clusters that take the
	// role, as their ExistingRole. Zero: the pool's own alone.
	AlsoTrusts []identity.Subject
	// PushesTo are the image repositories that the role may push images to: at least
	// one, all of one registry. Those of another account name the role in PushedBy.
	PushesTo []ImageRepository
	// PullsFrom are the image repositories that the role may pull from, and not push to,
	// such as those of base images.
	PullsFrom []ImageRepository
	// PullsThrough are the caches of other registries that the role may pull through, and
	// make Amazon ECR fetch images into.
	PullsThrough []PullThroughCache
	// CachesTo is the image repository that holds the layers of builds, which the role may
	// push to as well: one with CacheDays, for builders with BuildKit. Anyone who may push to
	// it can change what the next build takes from it. Zero: builds have the builder's own
	// cache alone.
	CachesTo *ImageRepository
	// Statements allow the role something else, such as reading from S3 or CodeArtifact. Each
	// has a Sid, by which the template answers KR077.
	Statements []policy.Statement
	// ManagedPolicies are attached to the role besides the pool's own policy: managed policies of
	// its account, or of AWS (identity.AccountAWS), made elsewhere. For keyless check to know what
	// they allow, put the output of "aws iam get-account-authorization-details --filter
	// LocalManagedPolicy AWSManagedPolicy" into dist/, and answer KR077 in Waivers.Role.
	ManagedPolicies []identity.ManagedPolicyARN
	// PermissionsBoundary is the role's permissions boundary: a managed policy of its account, or
	// of AWS, made elsewhere. Zero: none. For keyless check to know what it allows, put the output
	// of "aws iam get-account-authorization-details --filter LocalManagedPolicy" into dist/.
	PermissionsBoundary identity.ManagedPolicyARN
	// MaxSessionDuration is how long a session of the role may last, in whole seconds from
	// 1 to 12 hours. Zero: an hour.
	MaxSessionDuration time.Duration
	// Tags are put on the role, and on the association if there is one, besides the
	// fleet's, whose values they replace. Zero: the fleet's alone.
	Tags map[string]string

	// Replicas is the number of runners of a RunnerDeployment, up to 10,000. Zero: none.
	Replicas int
	// Autoscaling sets the number of a RunnerDeployment's runners by load. Zero: Replicas
	// does.
	Autoscaling *Autoscaling
	// Image is the runner's container image.
	Image RunnerImage
	// Builder builds images in jobs. Zero: a Docker sidecar.
	Builder Builder

	// Pod declares what the Pods have besides their containers.
	Pod Pod
	// ImagePullPolicy decides when Image is pulled. Zero: Always.
	ImagePullPolicy corev1.PullPolicy
	// Resources are the runner container's, and in a scale set with a Docker sidecar also those of the
	// one that copies the runner's Node.js before. Zero: what the namespace defaults to.
	Resources corev1.ResourceRequirements
	// Env is set on the runner container, besides what the pool always sets. Values are
	// public: they are rendered as they are, up to 32 KiB each. Of ValueFrom, a key of a
	// ConfigMap or Secret of the namespace, or a field of the Pod, is accepted.
	Env []corev1.EnvVar
	// VolumeMounts are the runner container's.
	VolumeMounts []corev1.VolumeMount
	// Proxy is the way out of the cluster. Zero: none is needed.
	Proxy *Proxy

	// Workflow is when the rendered workflow runs, and how it builds. Zero: on each push to
	// main, for the platform of the runners.
	Workflow Workflow

	// Waivers are findings about the pool that may stand. Zero: none.
	Waivers Waivers
}

// RoleARN identifies the role that the pool's runners take.
func (p Pool) RoleARN() identity.RoleARN {
	return identity.RoleARN{
		Partition: p.Cluster.Region.Partition(),
		Account:   p.Cluster.Account,
		Path:      cmp.Or(p.RolePath, "/"),
		Name:      p.Role,
	}
}

// Subject is who the tokens of the pool's runners speak for.
func (p Pool) Subject() identity.Subject {
	return identity.Subject{Namespace: p.Namespace, ServiceAccount: p.ServiceAccount}
}

// RunsOn are the labels that a job for the pool asks for.
func (p Pool) RunsOn() []identity.RunnerLabel {
	if p.ScaleSet != nil {
		return []identity.RunnerLabel{identity.RunnerLabel(p.ScaleSet.Name)}
	}
	return append([]identity.RunnerLabel{identity.RunnerLabelSelfHosted}, p.Labels...)
}

// TrustPolicy says who may take the pool's role: a statement for each way of each
// ServiceAccount in each cluster.
func (p Pool) TrustPolicy() policy.Document {
	var ways []policy.Document
	for _, subject := range append([]identity.Subject{p.Subject()}, p.AlsoTrusts...) {
		for _, cluster := range p.Clusters() {
			if p.UsesIRSA() {
				ways = append(ways, policy.Trust(cluster.ProviderARN(), subject))
			}
			if p.UsesPodIdentity() {
				ways = append(ways, policy.TrustPodIdentity(cluster.ARN(), subject))
			}
		}
	}
	return policy.Join(ways...)
}

// Clusters returns the clusters that run the pool, Cluster first.
func (p Pool) Clusters() []Cluster {
	return append([]Cluster{p.Cluster}, p.AlsoIn...)
}

// groups are the runner groups that the runners join in each of Clusters.
func (p Pool) groups() []identity.RunnerGroup {
	if len(p.AlsoInGroups) > 0 {
		return append([]identity.RunnerGroup{p.Group}, p.AlsoInGroups...)
	}
	return slices.Repeat([]identity.RunnerGroup{p.Group}, len(p.Clusters()))
}

// InEachCluster is the pool as it is in one cluster, for each that runs it.
func (p Pool) InEachCluster() iter.Seq[Pool] {
	return func(yield func(Pool) bool) {
		groups := p.groups()
		for i, cluster := range p.Clusters() {
			in := p
			in.Cluster, in.Group, in.AlsoIn, in.AlsoInGroups = cluster, groups[i], nil, nil
			if !yield(in) {
				return
			}
		}
	}
}

// PermissionsPolicy says what the role may do as which the pool's jobs push: sign in and push,
// pull, and what Statements say.
func (p Pool) PermissionsPolicy() policy.Document {
	documents := []policy.Document{policy.Push(ids(p.allPushes()))}
	if len(p.PullsFrom) > 0 {
		documents = append(documents, policy.Pull(ids(p.PullsFrom)))
	}
	return policy.Join(append(documents, policy.Document{Statement: p.FurtherStatements()})...)
}

// FurtherStatements returns what the role may do besides pushing to and pulling from PushesTo,
// CachesTo and PullsFrom.
func (p Pool) FurtherStatements() []policy.Statement {
	prefixes := p.prefixes()
	if len(prefixes) == 0 {
		return p.Statements
	}
	return append(policy.PullThrough(prefixes).Statement, p.Statements...)
}

// allPushes returns the image repositories that the role may push to.
func (p Pool) allPushes() []ImageRepository {
	if p.CachesTo == nil {
		return p.PushesTo
	}
	return append(slices.Clip(p.PushesTo), *p.CachesTo)
}

// prefixes returns the prefixes of the caches that the pool pulls through.
func (p Pool) prefixes() []identity.ImageRepository {
	var prefixes []identity.ImageRepository
	for _, cache := range p.PullsThrough {
		prefixes = append(prefixes, cache.ID())
	}
	return prefixes
}

func ids(repositories []ImageRepository) []identity.ImageRepository {
	list := make([]identity.ImageRepository, len(repositories))
	for i, repository := range repositories {
		list[i] = repository.ID()
	}
	return list
}

// StackName is the stack that holds the pool's role and policy.
func (p Pool) StackName() identity.StackName {
	return cmp.Or(p.Stack, p.Cluster.Stack)
}

// Registry is the registry of all images that the pool pushes.
func (p Pool) Registry() identity.Registry {
	return p.PushesTo[0].ID().Registry
}

// Registries returns the registries that the pool's jobs sign in to, that of the images first.
func (p Pool) Registries() []identity.Registry {
	var all []identity.Registry
	for _, id := range append(ids(slices.Concat(p.allPushes(), p.PullsFrom)), p.prefixes()...) {
		if !slices.Contains(all, id.Registry) {
			all = append(all, id.Registry)
		}
	}
	return all
}
