package actionssummerwinddev


type HorizontalRunnerAutoscalerSpecScaleUpTriggers struct {
	Amount *float64 `field:"optional" json:"amount" yaml:"amount"`
	Duration *string `field:"optional" json:"duration" yaml:"duration"`
	GithubEvent *HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEvent `field:"optional" json:"githubEvent" yaml:"githubEvent"`
}

