package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits
type jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits_FromString(value *string) RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

