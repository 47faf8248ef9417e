package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Name or number of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

