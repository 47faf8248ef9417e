package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// mistyped finds values of another type than their fields have: a number or a boolean that has
// to be text, or the reverse. The API server refuses the object (kubernetes issue 14948).
func (o object) mistyped() []facts.Mistyped {
	found := mistypedMembers(o.metadata, "metadata")
	if slices.Contains([]string{"", "apps", "batch", identity.GroupLegacy, identity.GroupScaleSet}, o.group()) {
		found = append(found, mistypedBelow(o.root.Get("spec"), "spec")...)
	}
	if o.is("/ServiceAccount") {
		found = append(found, mistypedField(automount, o.root.Get(automount), automount)...)
		found = append(found, mistypedItems(o.root.Get(pullSecrets), pullSecrets)...)
	}
	return found
}

func mistypedMembers(metadata *source.Node, path string) []facts.Mistyped {
	var found []facts.Mistyped
	for _, name := range []string{"annotations", "labels"} {
		for _, member := range metadata.Get(name).Entries() {
			found = append(found, mistypedValue(member.Value, path+"."+name+"."+member.Name)...)
		}
	}
	return found
}

// boolFields and numberFields are those fields that the proof reads, of Pods and of what makes
// them.
var (
	boolFields = append(strings.Fields(`
		allowPrivilegeEscalation dockerEnabled dockerdWithinRunnerContainer ephemeral hostIPC hostNetwork hostPID
		privileged runAsNonRoot`), automount)
	numberFields = strings.Fields("activeDeadlineSeconds dockerMTU expirationSeconds fsGroup maxReplicas maxRunners minReplicas minRunners replicas runAsGroup runAsUser terminationGracePeriodSeconds")
)

// pullSecrets is the field of a Pod and of a ServiceAccount for the Secrets with which images are pulled.
const pullSecrets = "imagePullSecrets"

// objectLists are fields of Pods with lists of objects.
var objectLists = []string{"containers", "env", "envFrom", pullSecrets, "initContainers", "tolerations", "volumeMounts", "volumes"}

// mistypedItems looks for text in a list of objects, and for an object in its place.
func mistypedItems(list *source.Node, path string) []facts.Mistyped {
	if list.Is(source.Map) && list.Tag == "" {
		return []facts.Mistyped{{Path: path, Value: list.Kind.String(), Wants: source.List, Place: list.Place}}
	}
	var found []facts.Mistyped
	for _, item := range list.Elements() {
		if item.Scalar() && item.Tag == "" && item.Kind != source.Null {
			found = append(found, facts.Mistyped{Path: path, Value: item.Text, Wants: source.Map, Place: item.Place})
		}
	}
	return found
}

// mistypedField looks at the value of a field of a number or a boolean.
func mistypedField(name string, value *source.Node, path string) []facts.Mistyped {
	kind := source.Number
	if slices.Contains(boolFields, name) {
		kind = source.Bool
	} else if !slices.Contains(numberFields, name) {
		return nil
	}
	if !value.Scalar() || value.Kind == kind || value.Tag != "" || kind == source.Bool && value.Plain && isOldBoolean(value.Text) {
		return nil
	}
	return []facts.Mistyped{{Path: path, Value: value.Text, Wants: kind, Place: value.Place}}
}

// mistypedBelow looks at the metadata of Pod templates, at the variables, the commands and
// the arguments of containers, and at the fields of numbers and booleans.
func mistypedBelow(node *source.Node, path string) []facts.Mistyped {
	var found []facts.Mistyped
	for _, item := range node.Elements() {
		found = append(found, mistypedBelow(item, path)...)
	}
	for _, member := range node.Entries() {
		below := path + "." + member.Name
		if slices.Contains(objectLists, member.Name) {
			found = append(found, mistypedItems(member.Value, below)...)
		}
		switch member.Name {
		case "metadata":
			found = append(found, mistypedMembers(member.Value, below)...)
		case "nodeSelector":
			for _, label := range member.Value.Members {
				found = append(found, mistypedValue(label.Value, below+"."+label.Name)...)
			}
		case "env", "dockerEnv":
			for _, variable := range member.Value.Objects() {
				found = append(found, mistypedValue(variable.Get("value"), below+"["+variable.Word("name")+"].value")...)
			}
		case "command", "args", "labels":
			if value := member.Value; value.Scalar() && value.Tag == "" {
				found = append(found, facts.Mistyped{Path: below, Value: value.Text, Wants: source.List, Place: value.Place})
			}
			for _, item := range member.Value.Elements() {
				found = append(found, mistypedValue(item, below)...)
			}
		default:
			found = append(found, mistypedField(member.Name, member.Value, below)...)
			found = append(found, mistypedBelow(member.Value, below)...)
		}
	}
	return found
}

func mistypedValue(value *source.Node, path string) []facts.Mistyped {
	if value != nil && (value.Kind == source.List || value.Kind == source.Map) && value.Tag == "" {
		return []facts.Mistyped{{Path: path, Value: value.Kind.String(), Wants: source.String, Place: value.Place}}
	}
	if !value.Scalar() || value.Kind == source.String && !(value.Plain && isOldBoolean(value.Text)) {
		return nil
	}
	return []facts.Mistyped{{Path: path, Value: value.Text, Wants: source.String, Place: value.Place}}
}

// isOldBoolean reports whether a plain scalar is a boolean in YAML 1.1, by which kubectl reads
// (go.yaml.in/yaml/v2, resolve.go), and text in 1.2.
func isOldBoolean(text string) bool {
	return slices.Contains([]string{"yes", "no", "on", "off", "y", "n"}, strings.ToLower(text))
}
