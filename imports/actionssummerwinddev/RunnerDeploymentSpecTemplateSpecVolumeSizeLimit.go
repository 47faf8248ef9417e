package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecVolumeSizeLimit interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecVolumeSizeLimit
type jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumeSizeLimit struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumeSizeLimit) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecVolumeSizeLimit_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecVolumeSizeLimit {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecVolumeSizeLimit_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecVolumeSizeLimit

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumeSizeLimit",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecVolumeSizeLimit_FromString(value *string) RunnerDeploymentSpecTemplateSpecVolumeSizeLimit {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecVolumeSizeLimit_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecVolumeSizeLimit

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumeSizeLimit",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

