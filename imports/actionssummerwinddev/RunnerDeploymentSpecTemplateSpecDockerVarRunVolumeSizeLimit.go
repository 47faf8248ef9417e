package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit
type jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit_FromString(value *string) RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

