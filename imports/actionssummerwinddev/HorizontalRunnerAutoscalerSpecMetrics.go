package actionssummerwinddev


type HorizontalRunnerAutoscalerSpecMetrics struct {
	// RepositoryNames is the list of repository names to be used for calculating the metric.
	//
	// For example, a repository name is the REPO part of `github.com/USER/REPO`.
	RepositoryNames *[]*string `field:"optional" json:"repositoryNames" yaml:"repositoryNames"`
	// ScaleDownAdjustment is the number of runners removed on scale-down.
	//
	// You can only specify either ScaleDownFactor or ScaleDownAdjustment.
	ScaleDownAdjustment *float64 `field:"optional" json:"scaleDownAdjustment" yaml:"scaleDownAdjustment"`
	// ScaleDownFactor is the multiplicative factor applied to the current number of runners used to determine how many pods should be removed.
	ScaleDownFactor *string `field:"optional" json:"scaleDownFactor" yaml:"scaleDownFactor"`
	// ScaleDownThreshold is the percentage of busy runners less than which will trigger the hpa to scale the runners down.
	ScaleDownThreshold *string `field:"optional" json:"scaleDownThreshold" yaml:"scaleDownThreshold"`
	// ScaleUpAdjustment is the number of runners added on scale-up.
	//
	// You can only specify either ScaleUpFactor or ScaleUpAdjustment.
	ScaleUpAdjustment *float64 `field:"optional" json:"scaleUpAdjustment" yaml:"scaleUpAdjustment"`
	// ScaleUpFactor is the multiplicative factor applied to the current number of runners used to determine how many pods should be added.
	ScaleUpFactor *string `field:"optional" json:"scaleUpFactor" yaml:"scaleUpFactor"`
	// ScaleUpThreshold is the percentage of busy runners greater than which will trigger the hpa to scale runners up.
	ScaleUpThreshold *string `field:"optional" json:"scaleUpThreshold" yaml:"scaleUpThreshold"`
	// Type is the type of metric to be used for autoscaling.
	//
	// It can be TotalNumberOfQueuedAndInProgressWorkflowRuns or PercentageRunnersBusy.
	Type *string `field:"optional" json:"type" yaml:"type"`
}

