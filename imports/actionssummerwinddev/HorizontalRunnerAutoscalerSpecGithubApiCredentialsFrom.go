package actionssummerwinddev


type HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom struct {
	SecretRef *HorizontalRunnerAutoscalerSpecGithubApiCredentialsFromSecretRef `field:"optional" json:"secretRef" yaml:"secretRef"`
}

