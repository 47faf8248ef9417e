package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Specifies the output format of the exposed resources, defaults to "1".
type RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor
type jsiiProxy_RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor_FromString(value *string) RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

