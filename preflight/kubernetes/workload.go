package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// templates is where Kubernetes' own kinds have their Pod template. A Pod is one.
var templates = map[string][]string{
	"/Pod":                   {},
	"/PodTemplate":           {"template"},
	"/ReplicationController": {"spec", "template"},
	"apps/DaemonSet":         {"spec", "template"},
	"apps/Deployment":        {"spec", "template"},
	"apps/ReplicaSet":        {"spec", "template"},
	"apps/StatefulSet":       {"spec", "template"},
	"batch/CronJob":          {"spec", "jobTemplate", "spec", "template"},
	"batch/Job":              {"spec", "template"},
}

// workload is the object as something that makes Pods; ok is false if it makes
// none.
func (o object) workload() (w facts.Workload, ok bool) {
	switch o.group() {
	case identity.GroupLegacy:
		return o.legacyRunner()
	case identity.GroupScaleSet:
		return o.scaleSetRunner()
	}
	path, ok := templates[o.group()+"/"+o.kind]
	if !ok {
		return facts.Workload{}, false
	}
	template := o.root.Get(path...)
	w = o.makes(template)
	pod := template.Get("spec")
	w.Containers = append(containers(pod.Get("containers")), initContainers(pod.Get("initContainers"))...)
	if !w.Invalid.There && o.group() == "apps" {
		w.Invalid = selectorRefused(o.root.Get("spec"))
	}
	if o.kind == "StatefulSet" {
		w.Volumes = claimed(w.Volumes, o.root.Get("spec"))
	}
	return w, true
}

// makes is the workload that makes Pods of the template, still without containers.
func (o object) makes(template *source.Node) facts.Workload {
	spec := template.Get("spec")
	at := placeOf(spec, placeOf(template, o.root.Place))
	security := spec.Get("securityContext")
	return facts.Workload{
		Place:     o.root.Place,
		Kind:      o.kind,
		Namespace: o.namespace,
		Name:      o.name,
		Live:      o.metadata.Has("resourceVersion"),
		Instance:  textOf(o.metadata.Get("labels", identity.InstanceLabel), o.name.Place),
		Set:       o.set(),
		Invalid:   o.invalid(template),

		ServiceAccount: serviceAccount(spec, at),
		APIToken:       textOf(spec.Get(automount), at),
		RestartPolicy:  textOf(spec.Get("restartPolicy"), at),
		PodLabels:      membersOf("", template.Get("metadata", "labels")),
		PodAnnotations: annotations(template.Get("metadata")),
		SkipLabel:      skipLabel(template.Get("metadata"), at),
		FSGroup:        textOf(security.Get("fsGroup"), placeOf(security, at)),
		Security:       securityOf(spec),
		Windows:        windows(spec),
		RuntimeClass:   textOf(spec.Get("runtimeClassName"), at),
		PriorityClass:  textOf(spec.Get("priorityClassName"), at),
		Resources:      resources(spec.Get("resources")),
		Gate:           textOf(firstOf(spec.Get("schedulingGates")).Get("name"), at),
		Deadline:       textOf(spec.Get("activeDeadlineSeconds"), at),
		NoNameserver:   noNameserver(spec),
		Redirected:     redirected(spec),
		HostNetwork:    textOf(spec.Get("hostNetwork"), at),
		Volumes:        volumes(spec.Get("volumes")),
	}
}

func firstOf(list *source.Node) *source.Node {
	if elements := list.Elements(); len(elements) > 0 {
		return elements[0]
	}
	return nil
}

func noNameserver(spec *source.Node) facts.Text {
	if by := spec.Get("dnsPolicy"); spec.Word("dnsPolicy") == "None" && len(spec.Get("dnsConfig", "nameservers").Elements()) == 0 {
		return facts.Known("None", by.Place)
	}
	return facts.Text{}
}

func redirected(spec *source.Node) (hosts []facts.Text) {
	for _, alias := range spec.Get("hostAliases").Elements() {
		hosts = append(hosts, facts.TextsOf(alias.Get("hostnames"))...)
	}
	return hosts
}

// windows returns where a Pod asks for nodes of Windows: of several terms of its affinity, one
// is enough for a node.
func windows(spec *source.Node) facts.Text {
	selector := spec.Get("nodeSelector")
	names := []*source.Node{spec.Get("os", "name"), selector.Get("kubernetes.io/os"), selector.Get("beta.kubernetes.io/os")}
	if terms := spec.Get("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").Elements(); len(terms) == 1 {
		for _, expression := range terms[0].Get("matchExpressions").Elements() {
			if values := expression.Get("values").Elements(); expression.Word("key") == "kubernetes.io/os" && expression.Word("operator") == "In" && len(values) == 1 {
				names = append(names, values[0])
			}
		}
	}
	for _, name := range names {
		if name.Is(source.String) && name.Text == "windows" {
			return facts.Known(name.Text, name.Place)
		}
	}
	return facts.Text{}
}

// setLabels are the labels of what the controllers make, with the name of the object for which they did
// (actions-runner-controller, LabelKeyGitHubScaleSetName and LabelKeyRunnerDeploymentName).
var setLabels = []string{"actions.github.com/scale-set-name", "runner-deployment-name"}

// set is the name in such a label, of an object that has an owner: anyone who writes one by hand
// gives it none.
func (o object) set() facts.Text {
	owned := slices.ContainsFunc(o.metadata.Get("ownerReferences").Elements(), func(owner *source.Node) bool {
		return owner.Has("uid") && (strings.HasPrefix(owner.Word("apiVersion"), identity.GroupScaleSet) || strings.HasPrefix(owner.Word("apiVersion"), identity.GroupLegacy))
	})
	for _, label := range setLabels {
		if name := textOf(o.metadata.Get("labels").Get(label), o.name.Place); owned && name.There {
			return name
		}
	}
	return facts.Text{}
}

// knownGroups are API groups whose objects are read by their kinds, or name no ServiceAccount of
// Pods.
var knownGroups = []string{"", "apps", "batch", identity.GroupRBAC, identity.GroupLegacy, identity.GroupScaleSet}

// serviceAccounts returns the ServiceAccounts that an object of another group names. Flux's objects name one to
// apply manifests as, and no Pod has it.
func (o object) serviceAccounts() []facts.Text {
	if slices.Contains(knownGroups, o.group()) || strings.HasSuffix(o.group(), ".toolkit.fluxcd.io") {
		return nil
	}
	var found []facts.Text
	o.root.Get("spec").Walk(func(node *source.Node) bool {
		if name := textOf(node.Get("serviceAccountName"), node.Place); name.Known() {
			found = append(found, name)
		}
		return true
	})
	return found
}

// misplaced is the first ServiceAccount that the object names, but for its listener's; not there: it names none.
func (o object) misplaced() (name facts.Text) {
	o.root.Get("spec").Walk(func(node *source.Node) bool {
		if of := textOf(node.Get("serviceAccountName"), node.Place); of.Known() && !name.There && node != o.root.Get("spec", "listenerTemplate", "spec") {
			name = of
		}
		return !name.There
	})
	return name
}

// automount is the field of a Pod and of a ServiceAccount for the token for the Kubernetes API.
const automount = "automountServiceAccountToken"

// skipLabel is the label that keeps EKS' webhook away, which is there without a value too.
func skipLabel(metadata *source.Node, at source.Place) facts.Text {
	label := metadata.Get("labels").Member(identity.LabelSkipWebhook)
	if label == nil {
		return facts.Text{Place: at}
	}
	return facts.Known(label.Value.Text, label.Value.Place)
}

// serviceAccount is the Pod's: "serviceAccount" is the old name of the field,
// which Kubernetes still takes.
func serviceAccount(spec *source.Node, at source.Place) facts.Text {
	if name := textOf(spec.Get("serviceAccountName"), at); name.There {
		return name
	}
	return textOf(spec.Get("serviceAccount"), at)
}
