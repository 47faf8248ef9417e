package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (o object) scaleSetRunner() (w facts.Workload, ok bool) {
	spec := o.root.Get("spec")
	switch o.kind {
	case "AutoscalingRunnerSet":
		w = o.scaleSetPod(spec, spec.Get("template"))
		w.RunnerLabels = o.scaleSetLabels(spec)
		w.ScaleSetSpec = o.scaleSetSpec(spec)
		o.handDown(&w, spec)
		return w, true
	case "EphemeralRunnerSet":
		runner := spec.Get("ephemeralRunnerSpec")
		return o.scaleSetPod(runner, runner), true
	case "EphemeralRunner":
		return o.scaleSetPod(spec, spec), true
	}
	return facts.Workload{}, false
}

func (o object) scaleSetSpec(spec *source.Node) *facts.ScaleSetSpec {
	at := placeOf(spec, o.root.Place)
	return &facts.ScaleSetSpec{
		Version:    textOf(o.metadata.Get("labels", identity.VersionLabel), o.name.Place),
		Secret:     textOf(spec.Get("githubConfigSecret"), at),
		MinRunners: textOf(spec.Get("minRunners"), at),
		MaxRunners: textOf(spec.Get("maxRunners"), at),
	}
}

// handDown gives the Pods the labels and annotations that the controller hands down from the
// set to its runners and their Pods, unless the template has them (actions-runner-controller
// 0.14.2, resourcebuilder.go, newEphemeralRunnerSet to newEphemeralRunnerPod). The object's own
// annotations stay where they are.
func (o object) handDown(w *facts.Workload, spec *source.Node) {
	runner, set := spec.Get("ephemeralRunnerMetadata"), spec.Get("ephemeralRunnerSetMetadata")
	for _, metadata := range []*source.Node{runner, set, o.metadata} {
		if !w.SkipLabel.There {
			w.SkipLabel = skipLabel(metadata, w.SkipLabel.Place)
			w.SkipLabelHandedDown = metadata == o.metadata
		}
	}
	w.PodAnnotations = slices.Concat(w.PodAnnotations, annotations(runner), annotations(set))
	w.PodLabels = append(w.PodLabels, facts.KeyValue{Key: setLabels[0], Value: o.name}, facts.KeyValue{Key: "app.kubernetes.io/component", Value: known("runner")},
		facts.KeyValue{Key: "actions-ephemeral-runner", Value: known("True")})
	for _, metadata := range []*source.Node{runner, set, o.metadata} {
		w.PodLabels = append(w.PodLabels, membersOf("", metadata.Get("labels"))...)
	}
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
		w.Containers[0].Env = append(w.Containers[0].Env, proxied(config.Get("proxy"))...)
	}
	w.Containers = append(w.Containers, initContainers(pod.Get("initContainers"))...)
	return w
}

// proxied are the variables by which the controller has the runner send to a proxy, which it takes from a Secret
// of its own (newPodFromEphemeralRunner).
func proxied(proxy *source.Node) (all []facts.EnvVar) {
	for _, scheme := range []string{"http", "https"} {
		if url := proxy.Get(scheme, "url"); url != nil {
			all = append(all, facts.EnvVar{Name: scheme + "_proxy", Place: url.Place, Value: textOf(url, url.Place)})
		}
	}
	if list := proxy.Get("noProxy"); len(list.Elements()) > 0 {
		all = append(all, facts.EnvVar{Name: "no_proxy", Place: list.Place, Value: facts.Known(strings.Join(stringsOf(list), ","), list.Place)})
	}
	return all
}

// setHookedMode makes it a kubernetes mode if the runner has hooks, by the folder that
// they have in GitHub's image and chart.
func setHookedMode(w *facts.Workload, runner facts.Container) {
	for _, variable := range runner.Env {
		if variable.Name != identity.EnvContainerHooks || variable.Value.Value == "" && variable.From == "" {
			continue
		}
		w.ContainerMode = facts.Known(identity.ModeKubernetes, variable.Place)
		if strings.Contains(variable.Value.Value, "novolume") {
			w.ContainerMode.Value = identity.ModeKubernetesNoVolume
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
