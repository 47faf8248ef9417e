package actionssummerwinddev

import (
	"time"
)

// RunnerDeploymentSpec defines the desired state of RunnerDeployment.
type RunnerDeploymentSpec struct {
	Template *RunnerDeploymentSpecTemplate `field:"required" json:"template" yaml:"template"`
	// EffectiveTime is the time the upstream controller requested to sync Replicas.
	//
	// It is usually populated by the webhook-based autoscaler via HRA. The value is inherited to RunnerReplicaSet(s) and used to prevent ephemeral runners from unnecessarily recreated.
	EffectiveTime *time.Time `field:"optional" json:"effectiveTime" yaml:"effectiveTime"`
	Replicas *float64 `field:"optional" json:"replicas" yaml:"replicas"`
	// A label selector is a label query over a set of resources.
	//
	// The result of matchLabels and matchExpressions are ANDed. An empty label selector matches all objects. A null label selector matches no objects.
	Selector *RunnerDeploymentSpecSelector `field:"optional" json:"selector" yaml:"selector"`
}

