package kubernetes

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// specificationRules and containerRules say why the API server refuses the specification of a Pod, or a container of
// it (k8s.io/kubernetes v1.35.4, pkg/apis/core/validation).
var (
	specificationRules = []func(*source.Node) facts.Text{ephemeralRefused, tolerationRefused, affinityRefused, volumeRefused, priorityRefused, resourcesRefused, variableRefused}
	containerRules     = []func(*source.Node) facts.Text{resourcesRefused, escalationRefused, variableRefused, probeRefused, portRefused, mountRefused}
)

// invalid returns why the API server refuses the Pods of a template, whatever is added to it; not there: it gives no
// reason to, or has accepted the Pod. A specification of the legacy kinds has fields of its runner's container.
func (o object) invalid(template *source.Node) facts.Text {
	if o.kind == "Pod" && o.metadata.Has("resourceVersion") {
		return facts.Text{}
	}
	if why := labelRefused(template.Get("metadata", "labels")); why.There {
		return why
	}
	spec := template.Get("spec")
	for _, rule := range specificationRules {
		if why := rule(spec); why.There {
			return why
		}
	}
	for _, list := range []string{"containers", "initContainers", "sidecarContainers"} {
		for _, container := range spec.Get(list).Objects() {
			for _, rule := range containerRules {
				if why := rule(container); why.There {
					why.Value = fmt.Sprintf("container %q: %s", container.Word("name"), why.Value)
					return why
				}
			}
		}
	}
	return facts.Text{}
}

func refused(at *source.Node, format string, values ...any) facts.Text {
	return facts.Known(fmt.Sprintf(format, values...), at.Place)
}

func labelRefused(labels *source.Node) facts.Text {
	for _, label := range labels.Entries() {
		if label.Value.Is(source.String) && len(validation.IsValidLabelValue(label.Value.Text)) > 0 {
			return refused(label.Value, "label %s is %q; want up to 63 letters, digits, \"-\", \"_\" and \".\", with a letter or digit at both ends", label.Name, label.Value.Text)
		}
	}
	return facts.Text{}
}

func ephemeralRefused(spec *source.Node) facts.Text {
	if first := firstOf(spec.Get("ephemeralContainers")); first != nil {
		return refused(first, "ephemeralContainers are not allowed in a Pod that is made")
	}
	return facts.Text{}
}

func tolerationRefused(spec *source.Node) facts.Text {
	for _, of := range spec.Get("tolerations").Objects() {
		operator := textOf(of.Get("operator"), of.Place)
		switch value := of.Word("value"); {
		case operator.Is("Exists") && value != "":
			return refused(of, "a toleration with operator Exists has the value %q; want none", value)
		case operator.Unknown == "" && operator.Or("Equal").Is("Equal") && isLeftOut(of.Get("key")):
			return refused(of, "a toleration without a key; want one, or operator Exists")
		case of.Has("tolerationSeconds") && isOther(of.Get("effect"), "NoExecute"):
			return refused(of, "a toleration with tolerationSeconds has the effect %q; want NoExecute", of.Word("effect"))
		}
	}
	return facts.Text{}
}

// isLeftOut reports whether a text is certainly missing or empty.
func isLeftOut(of *source.Node) bool {
	return of == nil || of.Kind == source.Null || of.Scalar() && of.Text == ""
}

// isOther reports whether a text is certainly another than the wanted one.
func isOther(of *source.Node, wanted string) bool {
	return isLeftOut(of) || of.Scalar() && of.Text != wanted
}

func affinityRefused(spec *source.Node) (why facts.Text) {
	for _, spread := range spec.Get("topologySpreadConstraints").Objects() {
		if isLeftOut(spread.Get("topologyKey")) {
			return refused(spread, "a topologySpreadConstraint has no topologyKey")
		}
	}
	for _, kind := range []string{"podAffinity", "podAntiAffinity"} {
		for _, term := range spec.Get("affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution").Objects() {
			if isLeftOut(term.Get("topologyKey")) {
				return refused(term, "%s has no topologyKey", kind)
			}
		}
	}
	spec.Get("affinity").Walk(func(node *source.Node) bool {
		operator, values := node.Word("operator"), node.Get("values")
		switch count := len(values.Elements()); {
		case why.There || !node.Has("operator") || values != nil && !values.Is(source.List):
		case (operator == "In" || operator == "NotIn") && count == 0:
			why = refused(node, "an affinity's operator %s has no values", operator)
		case (operator == "Exists" || operator == "DoesNotExist") && count > 0:
			why = refused(node, "an affinity's operator %s has values; want none", operator)
		}
		return !why.There
	})
	return why
}

// volumeFields are the fields without which the API server refuses a volume of a type.
var volumeFields = map[string]string{"hostPath": "path", "persistentVolumeClaim": "claimName", "configMap": "name", "secret": "secretName"}

func volumeRefused(spec *source.Node) facts.Text {
	for _, volume := range spec.Get("volumes").Objects() {
		var types []string
		for _, member := range volume.Members {
			if member.Name != "name" && member.Value.Kind == source.Map {
				types = append(types, member.Name)
			}
		}
		switch name := volume.Word("name"); {
		case len(types) > 1:
			return refused(volume, "volume %q is both %s and %s; want one of them", name, types[0], types[1])
		case len(types) == 1 && volumeFields[types[0]] != "" && isLeftOut(volume.Get(types[0], volumeFields[types[0]])):
			return refused(volume, "volume %q is of type %s and has no %s", name, types[0], volumeFields[types[0]])
		case volume.Has("name") && volume.Get("name").Scalar() && !label.MatchString(name):
			return refused(volume, "the name of volume %q is no label: want up to 63 lower-case letters, digits and -", name)
		}
	}
	return facts.Text{}
}

// priorityRefused refuses what admission plugins set alone (plugin/pkg/admission/priority and runtimeclass).
func priorityRefused(spec *source.Node) facts.Text {
	if number := spec.Get("priority"); number.Scalar() && number.Text != "0" && isLeftOut(spec.Get("priorityClassName")) {
		return refused(number, "priority is %s without a priorityClassName; want the class, which has the number", number.Text)
	}
	if overhead := spec.Get("overhead"); overhead.Is(source.Map) && isLeftOut(spec.Get("runtimeClassName")) {
		return refused(overhead, "overhead without a runtimeClassName; want the class, which has the overhead")
	}
	return facts.Text{}
}

// escalationRefused refuses privileges for one that is not to gain any.
func escalationRefused(container *source.Node) facts.Text {
	context := container.Get("securityContext")
	escalation := context.Get("allowPrivilegeEscalation")
	if !flagOf(escalation, source.Place{}).Is("false") {
		return facts.Text{}
	}
	if flagOf(context.Get("privileged"), source.Place{}).Is("true") {
		return refused(escalation, "allowPrivilegeEscalation is false and privileged true; want one of them")
	}
	return facts.Text{}
}

func variableRefused(container *source.Node) facts.Text {
	for _, variable := range container.Get("env").Objects() {
		name, from := variable.Word("name"), variable.Get("valueFrom")
		switch value := variable.Get("value"); {
		case isLeftOut(variable.Get("name")):
			return refused(variable, "a variable has no name")
		case value.Scalar() && value.Text != "" && len(from.Entries()) > 0:
			return refused(variable, "variable %s has a value and valueFrom; want one of them", name)
		case len(from.Entries()) > 1:
			return refused(variable, "variable %s has two sources; want one of them", name)
		}
		for _, kind := range []string{"secretKeyRef", "configMapKeyRef"} {
			if of := from.Get(kind); of.Is(source.Map) && isLeftOut(of.Get("key")) {
				return refused(of, "variable %s has no key of its %s", name, strings.TrimSuffix(kind, "KeyRef"))
			}
		}
	}
	return facts.Text{}
}

// actions are where a container has its probes and hooks.
var actions = [][]string{{"livenessProbe"}, {"readinessProbe"}, {"startupProbe"}, {"lifecycle", "postStart"}, {"lifecycle", "preStop"}}

// handlers are what a probe or a hook does, of which it has one.
var handlers = []string{"exec", "httpGet", "tcpSocket", "grpc", "sleep"}

func probeRefused(container *source.Node) facts.Text {
	for _, at := range actions {
		probe, name := container.Get(at...), at[len(at)-1]
		if !probe.Is(source.Map) {
			continue
		}
		count := 0
		for _, handler := range handlers {
			if probe.Has(handler) {
				count++
			}
		}
		if count != 1 {
			return refused(probe, "%s has %d of %s; want one", name, count, strings.Join(handlers, ", "))
		}
		if success := probe.Get("successThreshold"); success.Scalar() && success.Text != "1" && success.Text != "0" && name != "readinessProbe" {
			return refused(success, "successThreshold of %s is %s; want 1", name, success.Text)
		}
	}
	return facts.Text{}
}

func portRefused(container *source.Node) facts.Text {
	for _, port := range container.Get("ports").Objects() {
		number := port.Get("containerPort")
		if isLeftOut(number) || number.Is(source.Number) && !isPort(number.Text) {
			return refused(port, "containerPort is %q; want 1 to %d", port.Word("containerPort"), maxPort)
		}
	}
	return facts.Text{}
}

func mountRefused(container *source.Node) facts.Text {
	for _, mount := range container.Get("volumeMounts").Objects() {
		part := mount.Word("subPath")
		if path.IsAbs(part) || slices.Contains(strings.Split(part, "/"), "..") {
			return refused(mount.Get("subPath"), "subPath is %q; want a path within the volume", part)
		}
		if part != "" && mount.Word("subPathExpr") != "" {
			return refused(mount, "a mount has subPath and subPathExpr; want one of them")
		}
	}
	return facts.Text{}
}

func isPort(text string) bool {
	number, err := strconv.Atoi(text)
	return err != nil || number > 0 && number <= maxPort
}

// selectorRefused refuses a selector that does not match the Pods that it is to count (pkg/apis/apps/validation,
// ValidatePodTemplateSpecForReplicaSet).
func selectorRefused(spec *source.Node) facts.Text {
	has := spec.Get("template", "metadata", "labels").ByName()
	for _, wanted := range spec.Get("selector", "matchLabels").Entries() {
		if is := has[wanted.Name]; wanted.Value.Scalar() && (is == nil || is.Scalar() && is.Text != wanted.Value.Text) {
			return refused(wanted.Value, "the selector wants label %s %q, and the Pod template has not", wanted.Name, wanted.Value.Text)
		}
	}
	return facts.Text{}
}
