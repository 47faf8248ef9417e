package doctor

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// compareClusters finds which objects of the clusters are otherwise than the files have them.
func (e *examination) compareClusters() {
	for _, declared := range e.declaredObjects {
		if !e.reading.Listed(declared.cluster, declared.group, declared.kind) {
			e.passOver("objects of kind %s in the folder %q, of which no list was read", declared.kind, declared.cluster)
			continue
		}
		i := slices.IndexFunc(e.liveObjects, declared.is)
		if i < 0 {
			e.drifts("object-missing", "%s is not in cluster %q; %s has it", declared.title(), declared.cluster, declared.node.Place)
			continue
		}
		e.compareObject(declared, e.liveObjects[i])
	}
	for _, deployed := range e.liveObjects {
		if e.isAdded(deployed) {
			e.drifts("object-added", "%s is in cluster %q, and no file has it", deployed.title(), deployed.cluster)
		}
	}
}

// adding are the kinds that a namespace of the files gets no more of unnoticed: they make runners.
var adding = []string{"RunnerDeployment", "RunnerSet", "RunnerReplicaSet", "Runner", "AutoscalingRunnerSet", "HorizontalRunnerAutoscaler"}

// isAdded reports whether an object makes runners, or has a role, in a namespace of the files, and
// no file has it.
func (e *examination) isAdded(deployed object) bool {
	ours := slices.ContainsFunc(e.declaredObjects, func(o object) bool {
		return o.cluster == deployed.cluster && o.namespace == deployed.namespace && o.namespace != ""
	})
	matters := slices.Contains(adding, deployed.kind) ||
		deployed.kind == "ServiceAccount" && deployed.node.Has("metadata", "annotations", identity.AnnotationRoleARN)
	return ours && matters && !deployed.made && !slices.ContainsFunc(e.declaredObjects, deployed.is)
}

// compareObject compares the fields that the file has, and finds those that it has not.
func (e *examination) compareObject(declared, deployed object) {
	c := comparison{e: e, title: declared.title()}
	for _, name := range []string{"labels", "annotations"} {
		c.metadata("metadata."+name, declared.node.Get("metadata", name), deployed.node.Get("metadata", name), declared.node.Place)
	}
	for _, member := range declared.node.Entries() {
		if !slices.Contains([]string{"apiVersion", "kind", "metadata", "status"}, member.Name) {
			c.value(member.Name, member.Value, deployed.node.Get(member.Name))
		}
	}
	for _, member := range deployed.node.Entries() {
		if declared.node.Member(member.Name) == nil && !slices.Contains([]string{"apiVersion", "kind", "metadata", "status", "secrets"}, member.Name) {
			c.added(member.Name, member.Value, declared.node.Place)
		}
	}
}

// comparison is two objects of one name, while they are compared.
type comparison struct {
	e     *examination
	title string
}

// meant are the prefixes of labels and annotations that decide something. Others are added by
// tools, and change nothing.
var meant = []string{"eks.amazonaws.com/", "pod-security.kubernetes.io/"}

func (c comparison) metadata(path string, declared, deployed *source.Node, at source.Place) {
	for _, member := range declared.Entries() {
		c.value(step(path, member.Name), member.Value, deployed.Get(member.Name))
	}
	for _, member := range deployed.Entries() {
		isMeant := slices.ContainsFunc(meant, func(prefix string) bool { return strings.HasPrefix(member.Name, prefix) })
		if isMeant && declared.Member(member.Name) == nil {
			c.added(step(path, member.Name), member.Value, at)
		}
	}
}

// value compares a value that the file has.
func (c comparison) value(path string, declared, deployed *source.Node) {
	switch {
	case isNothing(declared) && isNothing(deployed):
	case deployed == nil || deployed.Kind == source.Null:
		c.e.drifts("field-missing", "%s lacks %s; %s has %s", c.title, path, declared.Place, shown(declared))
	case declared.Kind == source.Map && deployed.Kind == source.Map:
		c.members(path, declared, deployed)
	case declared.Kind == source.List && deployed.Kind == source.List:
		c.items(path, declared, deployed)
	case !isSameScalar(path, declared, deployed):
		c.e.drifts("field-changed", "%s has %s at %s; %s has %s", c.title, shown(deployed), path, declared.Place, shown(declared))
	}
}

func (c comparison) members(path string, declared, deployed *source.Node) {
	for _, member := range declared.Members {
		c.value(step(path, member.Name), member.Value, deployed.Get(member.Name))
	}
	for _, member := range deployed.Members {
		if declared.Member(member.Name) == nil {
			c.added(step(path, member.Name), member.Value, declared.Place)
		}
	}
}

// items compares lists: by name where the items have names, values in any order, and all else by
// position.
func (c comparison) items(path string, declared, deployed *source.Node) {
	used := map[*source.Node]bool{}
	for i, item := range declared.Items {
		twin := twinOf(item, deployed, i, used)
		used[twin] = true
		c.value(step(path, itemName(item, i)), item, twin)
	}
	for i, item := range deployed.Items {
		if !used[item] {
			c.added(step(path, itemName(item, i)), item, declared.Place)
		}
	}
}

// twinOf is the item of a list that another list has too, nil if it is not there. Names may be there
// twice, such as those of ServiceAccounts of two namespaces: the first that is left is taken.
func twinOf(item *source.Node, list *source.Node, position int, used map[*source.Node]bool) *source.Node {
	name := item.Word("name")
	if item.Kind == source.Map && name == "" {
		return list.Item(position)
	}
	i := slices.IndexFunc(list.Items, func(other *source.Node) bool {
		isSame := item.Kind != source.Map && other.Kind == item.Kind && other.Text == item.Text
		return !used[other] && (isSame || name != "" && other.Word("name") == name)
	})
	if i < 0 {
		return nil
	}
	return list.Items[i]
}

func itemName(item *source.Node, position int) string {
	switch {
	case item.Word("name") != "":
		return item.Word("name")
	case item.Scalar():
		return item.Text
	}
	return fmt.Sprint(position)
}

// step is a path and one more name, which stands in brackets if it has dots itself.
func step(path, name string) string {
	if strings.ContainsAny(name, "./") {
		return fmt.Sprintf("%s[%q]", path, name)
	}
	return path + "." + name
}

// added reports a value that the file does not have, unless Kubernetes or a controller writes it.
func (c comparison) added(path string, deployed *source.Node, at source.Place) {
	if isNothing(deployed) || isDefault(path, deployed) {
		return
	}
	if deployed.Kind == source.Map && !deployed.Has("name") {
		for _, member := range deployed.Members {
			c.added(step(path, member.Name), member.Value, at)
		}
		return
	}
	c.e.drifts("field-added", "%s has %s at %s, and %s has none", c.title, shown(deployed), path, at)
}

// isNothing reports whether a value says what its absence says.
func isNothing(node *source.Node) bool {
	switch {
	case node == nil || node.Kind == source.Null:
		return true
	case node.Kind == source.Map:
		return !slices.ContainsFunc(node.Members, func(m source.Member) bool { return !isNothing(m.Value) })
	case node.Kind == source.List:
		return len(node.Items) == 0
	}
	return node.Kind == source.Bool && node.Text == "false" || node.Kind == source.String && node.Text == ""
}

// defaults are the values that the API server and controllers write into fields that are left out: of the core
// (k8s.io/kubernetes, pkg/apis), of actions-runner-controller's replicas, and of External Secrets
// Operator (apis/externalsecrets/v1).
var defaults = map[string]string{
	"apiGroup": "rbac.authorization.k8s.io", "protocol": "TCP", "spec.restartPolicy": "Always", "dnsPolicy": "ClusterFirst",
	"schedulerName": "default-scheduler", "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
	"terminationGracePeriodSeconds": "30", "defaultMode": "420",
	"conversionStrategy": "Default", "decodingStrategy": "None", "metadataPolicy": "None", "creationPolicy": "Owner",
	"deletionPolicy": "Retain", "refreshPolicy": "Periodic", "engineVersion": "v2", "mergePolicy": "Replace", "nullBytePolicy": "Ignore",
}

// written are fields that a controller decides: how many runners there are, where an autoscaler
// does, and when a namespace may go.
var written = []string{"spec.replicas", "spec.effectiveTime", "spec.finalizers"}

func isDefault(path string, node *source.Node) bool {
	names := strings.Split(path, ".")
	last := names[len(names)-1]
	value, known := defaults[last]
	if !known && len(names) > 1 {
		value, known = defaults[names[len(names)-2]+"."+last]
	}
	return slices.Contains(written, path) || known && node.Scalar() && node.Text == value
}

// isSameScalar compares scalars: as text, and quantities by what they amount to.
func isSameScalar(path string, declared, deployed *source.Node) bool {
	if !declared.Scalar() || !deployed.Scalar() {
		return false
	}
	if declared.Text == deployed.Text {
		return true
	}
	if !strings.Contains(path, "resources") && !strings.Contains(path, "hard") && !strings.Contains(path, "limits") {
		return false
	}
	a, errA := resource.ParseQuantity(declared.Text)
	b, errB := resource.ParseQuantity(deployed.Text)
	return errA == nil && errB == nil && a.Cmp(b) == 0
}

// shown is a value in a line.
func shown(node *source.Node) string {
	switch {
	case node.Scalar():
		return fmt.Sprintf("%q", node.Text)
	case node.Kind == source.List:
		return fmt.Sprintf("a list of %d", len(node.Items))
	}
	var names []string
	for _, member := range node.Entries() {
		names = append(names, member.Name)
	}
	return "{" + strings.Join(names, ", ") + "}"
}
