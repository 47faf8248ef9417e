package facts

import "keyless-runners/preflight/source"

// Autoscaler is a HorizontalRunnerAutoscaler.
type Autoscaler struct {
	Place           source.Place
	Namespace, Name Text
	// Kind and Target name what it scales, in its own namespace. Kind is "RunnerDeployment" or
	// "RunnerSet".
	Kind, Target Text
	// MinReplicas and MaxReplicas are numbers, without which it does not scale.
	MinReplicas, MaxReplicas Text
	// Raises reports that a metric, an event or a time may raise the number above the minimum.
	Raises bool
}
