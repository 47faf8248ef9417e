package actionssummerwinddev


type HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEvent struct {
	// https://docs.github.com/en/actions/reference/events-that-trigger-workflows#check_run.
	CheckRun *HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventCheckRun `field:"optional" json:"checkRun" yaml:"checkRun"`
	// https://docs.github.com/en/actions/reference/events-that-trigger-workflows#pull_request.
	PullRequest *HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventPullRequest `field:"optional" json:"pullRequest" yaml:"pullRequest"`
	// PushSpec is the condition for triggering scale-up on push event Also see https://docs.github.com/en/actions/reference/events-that-trigger-workflows#push.
	Push interface{} `field:"optional" json:"push" yaml:"push"`
	// https://docs.github.com/en/developers/webhooks-and-events/webhooks/webhook-events-and-payloads#workflow_job.
	WorkflowJob interface{} `field:"optional" json:"workflowJob" yaml:"workflowJob"`
}

