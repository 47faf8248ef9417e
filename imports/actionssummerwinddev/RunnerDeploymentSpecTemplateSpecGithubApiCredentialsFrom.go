package actionssummerwinddev


type RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom struct {
	SecretRef *RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFromSecretRef `field:"optional" json:"secretRef" yaml:"secretRef"`
}

