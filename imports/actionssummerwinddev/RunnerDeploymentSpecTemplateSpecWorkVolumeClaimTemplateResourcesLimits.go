package actionssummerwinddev

import (
	_init_ "keyless-runners/imports/actionssummerwinddev/jsii"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

type RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits interface {
	Value() interface{}
}

// The jsii proxy struct for RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits
type jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits struct {
	_ byte // padding
}

func (j *jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits) Value() interface{} {
	var returns interface{}
	_jsii_.Get(
		j,
		"value",
		&returns,
	)
	return returns
}


func RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits_FromNumber(value *float64) RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits_FromNumberParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits",
		"fromNumber",
		[]interface{}{value},
		&returns,
	)

	return returns
}

func RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits_FromString(value *string) RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits {
	_init_.Initialize()

	if err := validateRunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits_FromStringParameters(value); err != nil {
		panic(err)
	}
	var returns RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits

	_jsii_.StaticInvoke(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits",
		"fromString",
		[]interface{}{value},
		&returns,
	)

	return returns
}

