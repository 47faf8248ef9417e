package actionssummerwinddev

import (
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// HorizontalRunnerAutoscaler is the Schema for the horizontalrunnerautoscaler API.
type HorizontalRunnerAutoscalerProps struct {
	Metadata *cdk8s.ApiObjectMetadata `field:"optional" json:"metadata" yaml:"metadata"`
	// HorizontalRunnerAutoscalerSpec defines the desired state of HorizontalRunnerAutoscaler.
	Spec *HorizontalRunnerAutoscalerSpec `field:"optional" json:"spec" yaml:"spec"`
}

