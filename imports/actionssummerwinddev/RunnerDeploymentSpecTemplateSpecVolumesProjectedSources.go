package actionssummerwinddev


// Projection that may be projected along with other supported volume types.
type RunnerDeploymentSpecTemplateSpecVolumesProjectedSources struct {
	// configMap information about the configMap data to project.
	ConfigMap *RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesConfigMap `field:"optional" json:"configMap" yaml:"configMap"`
	// downwardAPI information about the downwardAPI data to project.
	DownwardApi *RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApi `field:"optional" json:"downwardApi" yaml:"downwardApi"`
	// secret information about the secret data to project.
	Secret *RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesSecret `field:"optional" json:"secret" yaml:"secret"`
	// serviceAccountToken is information about the serviceAccountToken data to project.
	ServiceAccountToken *RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesServiceAccountToken `field:"optional" json:"serviceAccountToken" yaml:"serviceAccountToken"`
}

