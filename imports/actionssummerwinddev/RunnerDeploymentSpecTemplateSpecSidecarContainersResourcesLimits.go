package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits
type jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits_FromString(value *string) RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

