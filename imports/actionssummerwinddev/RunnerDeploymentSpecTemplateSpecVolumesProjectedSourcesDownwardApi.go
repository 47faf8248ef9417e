package actionssummerwinddev


// downwardAPI information about the downwardAPI data to project.
type RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApi struct {
	// Items is a list of DownwardAPIVolume file.
	Items *[]*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItems `field:"optional" json:"items" yaml:"items"`
}

