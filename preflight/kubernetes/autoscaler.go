package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// autoscaler reads a HorizontalRunnerAutoscaler, which scales a RunnerDeployment unless it
// names another kind (horizontalrunnerautoscaler_controller.go, Reconcile).
func (o object) autoscaler() facts.Autoscaler {
	spec := o.root.Get("spec")
	target, at := spec.Get("scaleTargetRef"), placeOf(spec, o.root.Place)
	return facts.Autoscaler{
		Place: o.root.Place, Namespace: o.namespace, Name: o.name,
		Kind:        textOf(target.Get("kind"), placeOf(target, at)).Or("RunnerDeployment"),
		Target:      textOf(target.Get("name"), placeOf(target, at)),
		MinReplicas: textOf(spec.Get("minReplicas"), at),
		MaxReplicas: textOf(spec.Get("maxReplicas"), at),
		Raises:      raises(spec),
	}
}

// raises reports whether anything may raise the number above the minimum. The webhook server
// passes over an autoscaler with several triggers, and one whose trigger names no event
// (horizontal_runner_autoscaler_webhook.go).
func raises(spec *source.Node) bool {
	for _, name := range []string{"metrics", "capacityReservations", "scheduledOverrides"} {
		if len(spec.Get(name).Elements()) > 0 {
			return true
		}
	}
	triggers := spec.Get("scaleUpTriggers").Elements()
	return slices.ContainsFunc(triggers, func(trigger *source.Node) bool {
		event := trigger.Get("githubEvent")
		return event.Has("workflowJob") && len(triggers) == 1 || event.Has("checkRun") || event.Has("pullRequest") || event.Has("push")
	})
}
