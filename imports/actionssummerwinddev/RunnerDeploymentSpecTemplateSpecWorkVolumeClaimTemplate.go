package actionssummerwinddev


type RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplate struct {
	AccessModes *[]*string `field:"required" json:"accessModes" yaml:"accessModes"`
	// ResourceRequirements describes the compute resource requirements.
	Resources *RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResources `field:"required" json:"resources" yaml:"resources"`
	StorageClassName *string `field:"required" json:"storageClassName" yaml:"storageClassName"`
}

