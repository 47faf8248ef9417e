package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecResourcesLimits interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecResourcesLimits
type jsiiProxy_RunnerDeploymentSpecTemplateSpecResourcesLimits struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecResourcesLimits) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecResourcesLimits_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecResourcesLimits_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResourcesLimits",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecResourcesLimits_FromString(value *string) RunnerDeploymentSpecTemplateSpecResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecResourcesLimits_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResourcesLimits",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

