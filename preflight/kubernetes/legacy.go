package kubernetes

import (
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// legacyRunner is a runner of the legacy kinds. What configures it is beside the
// fields of its Pod, in RunnerSet beside the template of its StatefulSet.
func (o object) legacyRunner() (w facts.Workload, ok bool) {
	spec := o.root.Get("spec")
	template := spec.Get("template")
	switch o.kind {
	case "Runner":
		w = o.legacyPod(o.root)
		w.Once = !o.metadata.Has("ownerReferences") && !flagOf(spec.Get("ephemeral"), w.Place).Is("false")
		return w, true
	case "RunnerReplicaSet", "RunnerDeployment":
		w = o.legacyPod(template)
		w.PodLabels = append(w.PodLabels, facts.KeyValue{Key: setLabels[1], Value: o.name})
	case "RunnerSet":
		w = o.legacySet(spec, template)
	default:
		return facts.Workload{}, false
	}
	if !o.metadata.Has("resourceVersion") { // in a cluster, an autoscaler writes it
		w.Replicas = textOf(spec.Get("replicas"), w.Place)
	}
	return w, true
}

// legacyPod is a runner whose template has a RunnerSpec, in which there is no
// "serviceAccount".
func (o object) legacyPod(template *source.Node) facts.Workload {
	template = ofRunner(template)
	w := o.makes(template)
	spec := template.Get("spec")
	at := placeOf(spec, o.root.Place)
	configure(&w, spec, at)
	w.ServiceAccount = textOf(spec.Get("serviceAccountName"), at)
	w.Resources = nil // of the runner's container
	c := controllerOf(w.ContainerMode, spec, spec, at)
	w.Containers = c.listed()
	if len(w.Containers) == 0 {
		w.Containers = []facts.Container{c.newContainer(identity.ContainerRunner)}
		if c.sidecar {
			w.Containers = append(w.Containers, c.newContainer(identity.ContainerDocker))
		}
	}
	setFields(w.Containers, spec)
	c.complete(&w)
	w.Containers[0].Mounts = withRunnerMounts(w.Containers[0].Mounts, mounts(spec.Get("volumeMounts")))
	w.Containers = append(w.Containers, containers(spec.Get("sidecarContainers"))...)
	runnerFirst(w.Containers)
	w.Containers = append(w.Containers, legacyInitContainers(spec.Get("initContainers"))...)
	return w
}

// ofRunner is a template without the fields that its kind does not have, such as hostNetwork: the API
// server drops them.
func ofRunner(template *source.Node) *source.Node {
	spec := template.Get("spec")
	if spec == nil {
		return template
	}
	all := fieldsOf()
	fields := all.Types[all.Types[all.Kinds[identity.GroupLegacy+"/Runner"]]["spec"]]
	kept := *spec
	kept.Members = slices.DeleteFunc(slices.Clone(spec.Members), func(member source.Member) bool {
		_, has := fields[member.Name]
		return !has
	})
	whole := *template
	whole.Members = slices.Clone(template.Members)
	whole.Member("spec").Value = &kept
	return &whole
}

// legacySet is a runner whose template is a Pod's. The ServiceAccount beside the
// template counts in kubernetes mode alone, and then that of the template does not
// (runnerset_controller.go, newStatefulSet).
func (o object) legacySet(spec, template *source.Node) facts.Workload {
	w := o.makes(template)
	configure(&w, spec, placeOf(spec, o.root.Place))
	beside := textOf(spec.Get("serviceAccountName"), w.ServiceAccount.Place)
	switch {
	case w.ContainerMode.Is(identity.ModeKubernetes):
		w.ServiceAccount = beside
	case !w.ServiceAccount.There:
		w.ServiceAccount.Place = beside.Place
	}
	pod := template.Get("spec")
	c := controllerOf(w.ContainerMode, spec, pod, placeOf(spec, o.root.Place))
	w.Containers = c.listed()
	w.Volumes = claimed(w.Volumes, spec)
	c.complete(&w)
	runnerFirst(w.Containers)
	w.Containers = append(w.Containers, legacyInitContainers(pod.Get("initContainers"))...)
	return w
}

// configure fills in what a RunnerConfig says.
func configure(w *facts.Workload, config *source.Node, at source.Place) {
	w.Runner, w.Legacy = true, true
	w.Scope = facts.Scope{
		SourceRepository: textOf(config.Get("repository"), at),
		Organization:     textOf(config.Get("organization"), at),
		Enterprise:       textOf(config.Get("enterprise"), at),
		Group:            textOf(config.Get("group"), at),
		URL:              facts.Text{Place: at},
	}
	if w.Scope.SourceRepository.There { // which is in no group (runner/startup.sh)
		w.Scope.Group = facts.Text{Place: at}
	}
	w.RunnerLabels = facts.TextsOf(config.Get("labels"))
	w.ContainerMode = textOf(config.Get("containerMode"), at)
	w.DockerdWithinRunner, w.Ephemeral = flagOf(config.Get("dockerdWithinRunnerContainer"), at), flagOf(config.Get("ephemeral"), at)
}
