package actionssummerwinddev


// https://docs.github.com/en/actions/reference/events-that-trigger-workflows#pull_request.
type HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventPullRequest struct {
	Branches *[]*string `field:"optional" json:"branches" yaml:"branches"`
	Types *[]*string `field:"optional" json:"types" yaml:"types"`
}

