package kubernetes

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// scaleSetGroup are the kinds that GitHub maintains.
const scaleSetGroup = "actions.github.com"

// Container modes in which job containers are Pods of their own: with a volume that the
// runner and they share, and without.
const (
	kubernetesMode = "kubernetes"
	noVolumeMode   = "kubernetes-novolume"
)

// scaleSetRunner is a runner of a scale set.
func (o object) scaleSetRunner() (w facts.Workload, ok bool) {
	spec := o.root.Get("spec")
	switch o.kind {
	case "AutoscalingRunnerSet":
		w = o.scaleSetPod(spec, spec.Get("template"))
		w.RunnerLabels = o.scaleSetLabels(spec)
		return w, true
	case "EphemeralRunnerSet":
		runner := spec.Get("ephemeralRunnerSpec")
		return o.scaleSetPod(runner, runner), true
	case "EphemeralRunner":
		return o.scaleSetPod(spec, spec), true
	}
	return facts.Workload{}, false
}

func (o object) scaleSetPod(config, template *source.Node) facts.Workload {
	w := o.makes(template)
	at := placeOf(config, o.root.Place)
	w.Runner, w.ScaleSet = true, true
	w.ContainerMode = facts.Text{Place: at}
	w.Scope.URL = textOf(config.Get("githubConfigUrl"), at)
	w.Scope.Group = textOf(config.Get("runnerGroup"), at)
	pod := template.Get("spec")
	w.Containers = containers(pod.Get("containers"))
	if runnerFirst(w.Containers) {
		setHookedMode(&w, w.Containers[0])
	}
	w.Containers = append(w.Containers, containers(pod.Get("initContainers"))...)
	return w
}

// setHookedMode makes it a kubernetes mode if the runner has hooks, by the folder that
// they have in GitHub's image and chart.
func setHookedMode(w *facts.Workload, runner facts.Container) {
	for _, variable := range runner.Env {
		if variable.Name != identity.EnvContainerHooks || variable.Value.Value == "" && variable.From == "" {
			continue
		}
		w.ContainerMode = facts.Text{Value: kubernetesMode, Place: variable.Place, There: true}
		if strings.Contains(variable.Value.Value, "novolume") {
			w.ContainerMode.Value = noVolumeMode
		}
	}
}

// scaleSetLabels are the scale set's name, which is the object's if it has no
// other, and those that versions from 0.14 take beside it.
func (o object) scaleSetLabels(spec *source.Node) []facts.Text {
	name := textOf(spec.Get("runnerScaleSetName"), o.name.Place)
	if !name.There {
		name = o.name
	}
	return append([]facts.Text{name}, facts.TextsOf(spec.Get("runnerScaleSetLabels"))...)
}
