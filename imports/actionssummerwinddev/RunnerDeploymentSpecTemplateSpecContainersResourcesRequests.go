package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecContainersResourcesRequests interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecContainersResourcesRequests
type jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersResourcesRequests struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersResourcesRequests) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecContainersResourcesRequests_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecContainersResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersResourcesRequests_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResourcesRequests",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecContainersResourcesRequests_FromString(value *string) RunnerDeploymentSpecTemplateSpecContainersResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersResourcesRequests_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResourcesRequests",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

