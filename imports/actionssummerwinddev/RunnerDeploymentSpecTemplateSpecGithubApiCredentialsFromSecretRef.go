package actionssummerwinddev


type RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFromSecretRef struct {
	Name *string `field:"required" json:"name" yaml:"name"`
}

