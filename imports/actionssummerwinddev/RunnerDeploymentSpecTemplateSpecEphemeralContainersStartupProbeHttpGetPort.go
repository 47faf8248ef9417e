package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Name or number of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

