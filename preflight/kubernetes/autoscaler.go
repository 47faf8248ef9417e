package kubernetes

import "keyless-runners/preflight/facts"

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
	}
}
