package actionssummerwinddev

import (
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// RunnerDeployment is the Schema for the runnerdeployments API.
type RunnerDeploymentProps struct {
	Metadata *cdk8s.ApiObjectMetadata `field:"optional" json:"metadata" yaml:"metadata"`
	// RunnerDeploymentSpec defines the desired state of RunnerDeployment.
	Spec *RunnerDeploymentSpec `field:"optional" json:"spec" yaml:"spec"`
}

