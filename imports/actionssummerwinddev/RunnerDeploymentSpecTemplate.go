package actionssummerwinddev


type RunnerDeploymentSpecTemplate struct {
	Metadata *RunnerDeploymentSpecTemplateMetadata `field:"optional" json:"metadata" yaml:"metadata"`
	// RunnerSpec defines the desired state of Runner.
	Spec *RunnerDeploymentSpecTemplateSpec `field:"optional" json:"spec" yaml:"spec"`
}

