// Package manifests renders a fleet as Kubernetes YAML with cdk8s: a file
// for each namespace, and for each pool a ServiceAccount that gets the pool's role and,
// for a RunnerDeployment, that and where it is asked for a HorizontalRunnerAutoscaler, for
// a scale set an AutoscalingRunnerSet and what lets its controller make runners.
//
// Start at Synth. What a pool leaves to the controller's defaults today could
// mean something else tomorrow, so whatever the role's safety rests on is written
// out.
package manifests
