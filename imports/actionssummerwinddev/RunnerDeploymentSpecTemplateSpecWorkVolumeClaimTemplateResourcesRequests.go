package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests
type jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests_FromString(value *string) RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

