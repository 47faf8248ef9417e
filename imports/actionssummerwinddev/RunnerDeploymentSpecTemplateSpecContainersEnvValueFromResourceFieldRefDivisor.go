package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Specifies the output format of the exposed resources, defaults to "1".
type RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor
type jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor_FromString(value *string) RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

