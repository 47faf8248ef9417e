package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Number or name of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

