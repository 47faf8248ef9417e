package manifests

import (
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	arc "keyless-runners/imports/actionssummerwinddev"
)

func resources(r fleet.Resources) *arc.RunnerDeploymentSpecTemplateSpecResources {
	if r == (fleet.Resources{}) {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecResources{
		Requests: amounts(r.Requests, arc.RunnerDeploymentSpecTemplateSpecResourcesRequests_FromString),
		Limits:   amounts(r.Limits, arc.RunnerDeploymentSpecTemplateSpecResourcesLimits_FromString),
	}
}

func dockerResources(r fleet.Resources) *arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResources {
	if r == (fleet.Resources{}) {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResources{
		Requests: amounts(r.Requests, arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesRequests_FromString),
		Limits:   amounts(r.Limits, arc.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits_FromString),
	}
}

// amounts makes the map of one of the quantity types that the bindings have.
func amounts[Q any](a fleet.Amounts, fromString func(*string) Q) *map[string]Q {
	amounts := map[string]Q{}
	if a.CPU != "" {
		amounts["cpu"] = fromString(jsii.String(string(a.CPU)))
	}
	if a.Memory != "" {
		amounts["memory"] = fromString(jsii.String(string(a.Memory)))
	}
	if len(amounts) == 0 {
		return nil
	}
	return &amounts
}
