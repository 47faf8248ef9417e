package actionssummerwinddev


// HorizontalRunnerAutoscalerSpec defines the desired state of HorizontalRunnerAutoscaler.
type HorizontalRunnerAutoscalerSpec struct {
	CapacityReservations *[]*HorizontalRunnerAutoscalerSpecCapacityReservations `field:"optional" json:"capacityReservations" yaml:"capacityReservations"`
	GithubApiCredentialsFrom *HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom `field:"optional" json:"githubApiCredentialsFrom" yaml:"githubApiCredentialsFrom"`
	// MaxReplicas is the maximum number of replicas the deployment is allowed to scale.
	MaxReplicas *float64 `field:"optional" json:"maxReplicas" yaml:"maxReplicas"`
	// Metrics is the collection of various metric targets to calculate desired number of runners.
	Metrics *[]*HorizontalRunnerAutoscalerSpecMetrics `field:"optional" json:"metrics" yaml:"metrics"`
	// MinReplicas is the minimum number of replicas the deployment is allowed to scale.
	MinReplicas *float64 `field:"optional" json:"minReplicas" yaml:"minReplicas"`
	// ScaleDownDelaySecondsAfterScaleUp is the approximate delay for a scale down followed by a scale up Used to prevent flapping (down->up->down->... loop).
	ScaleDownDelaySecondsAfterScaleOut *float64 `field:"optional" json:"scaleDownDelaySecondsAfterScaleOut" yaml:"scaleDownDelaySecondsAfterScaleOut"`
	// ScaleTargetRef is the reference to scaled resource like RunnerDeployment.
	ScaleTargetRef *HorizontalRunnerAutoscalerSpecScaleTargetRef `field:"optional" json:"scaleTargetRef" yaml:"scaleTargetRef"`
	// ScaleUpTriggers is an experimental feature to increase the desired replicas by 1 on each webhook requested received by the webhookBasedAutoscaler.
	//
	// This feature requires you to also enable and deploy the webhookBasedAutoscaler onto your cluster.
	// Note that the added runners remain until the next sync period at least, and they may or may not be used by GitHub Actions depending on the timing. They are intended to be used to gain "resource slack" immediately after you receive a webhook from GitHub, so that you can loosely expect MinReplicas runners to be always available.
	ScaleUpTriggers *[]*HorizontalRunnerAutoscalerSpecScaleUpTriggers `field:"optional" json:"scaleUpTriggers" yaml:"scaleUpTriggers"`
	// ScheduledOverrides is the list of ScheduledOverride.
	//
	// It can be used to override a few fields of HorizontalRunnerAutoscalerSpec on schedule. The earlier a scheduled override is, the higher it is prioritized.
	ScheduledOverrides *[]*HorizontalRunnerAutoscalerSpecScheduledOverrides `field:"optional" json:"scheduledOverrides" yaml:"scheduledOverrides"`
}

