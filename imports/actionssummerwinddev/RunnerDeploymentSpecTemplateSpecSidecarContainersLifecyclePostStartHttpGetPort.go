package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Name or number of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

