// Package manifests renders a fleet as Kubernetes YAML with cdk8s: a file
// for each namespace, and one for each pool in each of its clusters. A pool has a
// ServiceAccount that gets its role and, as it declares, a RunnerDeployment with a
// HorizontalRunnerAutoscaler, or an AutoscalingRunnerSet with the Role by which its
// controller makes runners.
//
// Start at Synth. What a pool leaves to the controller's defaults today could
// mean something else tomorrow, so whatever the role's safety rests on is written
// out.
package manifests
