package actionssummerwinddev


// ScaleTargetRef is the reference to scaled resource like RunnerDeployment.
type HorizontalRunnerAutoscalerSpecScaleTargetRef struct {
	// Kind is the type of resource being referenced.
	Kind HorizontalRunnerAutoscalerSpecScaleTargetRefKind `field:"optional" json:"kind" yaml:"kind"`
	// Name is the name of resource being referenced.
	Name *string `field:"optional" json:"name" yaml:"name"`
}

