package actionssummerwinddev


type HorizontalRunnerAutoscalerSpecGithubApiCredentialsFromSecretRef struct {
	Name *string `field:"required" json:"name" yaml:"name"`
}

