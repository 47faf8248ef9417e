package kubernetes

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// templates is where Kubernetes' own kinds have their Pod template. A Pod is one.
var templates = map[string][]string{
	"/Pod":                   {},
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
	case legacyGroup:
		return o.legacyRunner()
	case scaleSetGroup:
		return o.scaleSetRunner()
	}
	path, ok := templates[o.group()+"/"+o.kind]
	if !ok {
		return facts.Workload{}, false
	}
	template := o.root.Get(path...)
	w = o.makes(template)
	pod := template.Get("spec")
	w.Containers = append(containers(pod.Get("containers")), containers(pod.Get("initContainers"))...)
	return w, true
}

// makes is the workload that makes Pods of the template, still without containers.
func (o object) makes(template *source.Node) facts.Workload {
	spec := template.Get("spec")
	at := placeOf(spec, placeOf(template, o.root.Place))
	security := spec.Get("securityContext")
	return facts.Workload{
		Place:      o.root.Place,
		APIVersion: o.apiVersion,
		Kind:       o.kind,
		Namespace:  o.namespace,
		Name:       o.name,
		Instance:   textOf(o.metadata.Get("labels", identity.InstanceLabel), o.name.Place),

		ServiceAccount: serviceAccount(spec, at),
		PodAnnotations: annotations(template.Get("metadata")),
		SkipLabel:      textOf(template.Get("metadata", "labels", skipLabel), at),
		TokenVolume:    tokenVolume(spec.Get("volumes")),
		FSGroup:        textOf(security.Get("fsGroup"), placeOf(security, at)),
		RunAsUser:      textOf(security.Get("runAsUser"), placeOf(security, at)),
		RuntimeClass:   textOf(spec.Get("runtimeClassName"), at),
		HostPaths:      hostPaths(spec.Get("volumes")),
	}
}

// skipLabel is the label that the webhook's configuration on EKS leaves Pods out by.
const skipLabel = "eks.amazonaws.com/skip-pod-identity-webhook"

// tokenVolume is a volume that has the name which the webhook gives its own, and that
// is no token. The webhook leaves such a Pod alone (aws/amazon-eks-pod-identity-webhook,
// pkg/handler, since commit 604af92).
func tokenVolume(volumes *source.Node) facts.Text {
	for _, volume := range objectsOf(volumes) {
		if name := textOf(volume.Get("name"), volume.Place); name.Is("aws-iam-token") && volume.Get("projected") == nil {
			return name
		}
	}
	return facts.Text{}
}

// hostPaths are those of the volumes.
func hostPaths(volumes *source.Node) []facts.Text {
	var all []facts.Text
	for _, volume := range objectsOf(volumes) {
		if path := textOf(volume.Get("hostPath", "path"), volume.Place); path.There {
			all = append(all, path)
		}
	}
	return all
}

// serviceAccount is the Pod's: "serviceAccount" is the old name of the field,
// which Kubernetes still takes.
func serviceAccount(spec *source.Node, at source.Place) facts.Text {
	if name := textOf(spec.Get("serviceAccountName"), at); name.There {
		return name
	}
	return textOf(spec.Get("serviceAccount"), at)
}
