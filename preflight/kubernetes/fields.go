package kubernetes

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Fields are the names of the fields of objects, by the definitions of both generations of runners.
type Fields struct {
	// Types are the fields of each type, each with the number of its own type, -1 if it has no
	// fields: an item's, if it is a list.
	Types []map[string]int
	// Kinds are the types of kinds, by "GROUP/KIND", and Pod is that of a Pod's spec.
	Kinds map[string]int
	Pod   int
}

// fieldsText is generated: go test ./preflight/kubernetes -update.
//
//go:embed fields.json
var fieldsText []byte

var fieldsOf = sync.OnceValue(func() (all Fields) {
	if err := json.Unmarshal(fieldsText, &all); err != nil {
		panic(err) // a test reads the file
	}
	return all
})

// misspelt are the fields that the object's kind does not have, and has one that is written nearly
// so, and values that a field does not have. Other fields may be of a newer version: nothing is
// said of them.
func (o object) misspelt() []facts.Misspelt {
	if level := o.metadata.Get("labels", enforceLabel); o.is("/Namespace") && level.Is(source.String) && level.Text != "" && !strings.ContainsAny(level.Text, "{$") && !slices.Contains(podSecurityLevels, level.Text) {
		return []facts.Misspelt{{Path: "metadata.labels." + enforceLabel, Value: level.Text, Near: identity.Closest(strings.ToLower(level.Text), podSecurityLevels), Place: level.Place}}
	}
	all := fieldsOf()
	if kind, known := all.Kinds[o.group()+"/"+o.kind]; known {
		return all.misspelt(o.root, kind, "")
	}
	if template, makesPods := templates[o.group()+"/"+o.kind]; makesPods {
		path := append(slices.Clone(template), "spec")
		return all.misspelt(o.root.Get(path...), all.Pod, strings.Join(path, ".")+".")
	}
	return nil
}

// podSecurityLevels are the levels that a namespace may enforce (k8s.io/pod-security-admission/api).
var podSecurityLevels = []string{"privileged", "baseline", "restricted"}

// fieldValues are the values of fields that have no others (kubernetes, pkg/apis/core/validation).
var fieldValues = map[string][]string{
	"dnsPolicy":           {"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"},
	"fieldPath":           {"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"},
	"fsGroupChangePolicy": {"Always", "OnRootMismatch"},
	"imagePullPolicy":     {"Always", "IfNotPresent", "Never"},
	"protocol":            {"SCTP", "TCP", "UDP"},
	"whenUnsatisfiable":   {"DoNotSchedule", "ScheduleAnyway"},
}

// otherValue is a value that the field does not have. A key of a label behind a field's path is
// any, and what is not filled in, such as "${NAME}", may come to any value.
func otherValue(member source.Member, path string) []facts.Misspelt {
	if (member.Name == "minRunners" || member.Name == "maxRunners") && strings.HasPrefix(member.Value.Text, "-") {
		return []facts.Misspelt{{Path: path, Value: member.Value.Text, Near: "0", Place: member.Value.Place}}
	}
	values, has := fieldValues[member.Name]
	value, _, _ := strings.Cut(member.Value.Text, "[")
	if !has || !member.Value.Is(source.String) || member.Value.Tag != "" || value == "" || strings.ContainsRune(value, '{') || slices.Contains(values, value) {
		return nil
	}
	return []facts.Misspelt{{Path: path, Value: value, Near: identity.Closest(value, values), Place: member.Value.Place}}
}

func (f Fields) misspelt(node *source.Node, kind int, path string) (found []facts.Misspelt) {
	for _, item := range node.Elements() {
		found = append(found, f.misspelt(item, kind, path)...)
	}
	if kind < 0 {
		return found
	}
	for _, member := range node.Entries() {
		below := path + member.Name
		of, known := f.Types[kind][member.Name]
		if known {
			found = append(append(found, f.misspelt(member.Value, of, below+".")...), otherValue(member, below)...)
		} else if near := identity.Closest(member.Name, slices.Sorted(maps.Keys(f.Types[kind]))); near != "" {
			found = append(found, facts.Misspelt{Path: below, Near: near, Place: member.Place})
		}
	}
	return found
}
