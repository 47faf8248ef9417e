package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Number or name of the port to access on the container.
//
// Number must be in the range 1 to 65535. Name must be an IANA_SVC_NAME.
type RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort
type jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort_FromString(value *string) RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

