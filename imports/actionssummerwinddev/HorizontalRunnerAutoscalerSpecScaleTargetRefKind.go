package actionssummerwinddev


// Kind is the type of resource being referenced.
type HorizontalRunnerAutoscalerSpecScaleTargetRefKind string

const (
	// RunnerDeployment.
	HorizontalRunnerAutoscalerSpecScaleTargetRefKind_RUNNER_DEPLOYMENT HorizontalRunnerAutoscalerSpecScaleTargetRefKind = "RUNNER_DEPLOYMENT"
	// RunnerSet.
	HorizontalRunnerAutoscalerSpecScaleTargetRefKind_RUNNER_SET HorizontalRunnerAutoscalerSpecScaleTargetRefKind = "RUNNER_SET"
)

