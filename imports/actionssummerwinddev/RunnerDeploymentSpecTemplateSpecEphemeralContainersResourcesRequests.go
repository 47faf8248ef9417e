package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests
type jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests_FromString(value *string) RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

