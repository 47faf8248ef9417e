package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Name or number of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

