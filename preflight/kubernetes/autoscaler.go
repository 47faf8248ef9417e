package kubernetes

import (
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
// passes over an autoscaler with several triggers, and every event but workflowJob, which the API still has
// (horizontal_runner_autoscaler_webhook.go).
func raises(spec *source.Node) bool {
	for _, name := range []string{"metrics", "capacityReservations", "scheduledOverrides"} {
		if len(spec.Get(name).Elements()) > 0 {
			return true
		}
	}
	triggers := spec.Get("scaleUpTriggers").Elements()
	return len(triggers) == 1 && triggers[0].Get("githubEvent").Has("workflowJob")
}
