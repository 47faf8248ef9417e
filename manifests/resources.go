package manifests

import (
	"github.com/aws/jsii-runtime-go"
	corev1 "k8s.io/api/core/v1"

	arc "keyless-runners/imports/actionssummerwinddev"
)

func resources(r corev1.ResourceRequirements) *arc.RunnerDeploymentSpecTemplateSpecResources {
	if len(r.Requests)+len(r.Limits) == 0 {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecResources{
		Requests: amounts(r.Requests, arc.RunnerDeploymentSpecTemplateSpecResourcesRequests_FromString),
		Limits:   amounts(r.Limits, arc.RunnerDeploymentSpecTemplateSpecResourcesLimits_FromString),
	}
}

func dockerResources(r corev1.ResourceRequirements) *arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResources {
	if len(r.Requests)+len(r.Limits) == 0 {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResources{
		Requests: amounts(r.Requests, arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesRequests_FromString),
		Limits:   amounts(r.Limits, arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits_FromString),
	}
}

// amounts makes the map of one of the quantity types that the bindings have.
func amounts[Q any](list corev1.ResourceList, fromString func(*string) Q) *map[string]Q {
	if len(list) == 0 {
		return nil
	}
	amounts := map[string]Q{}
	for name, quantity := range list {
		amounts[string(name)] = fromString(jsii.String(quantity.String()))
	}
	return &amounts
}
