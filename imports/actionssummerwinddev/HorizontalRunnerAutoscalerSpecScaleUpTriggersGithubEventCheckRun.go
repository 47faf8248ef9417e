package actionssummerwinddev


// https://docs.github.com/en/actions/reference/events-that-trigger-workflows#check_run.
type HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventCheckRun struct {
	// Names is a list of GitHub Actions glob patterns.
	//
	// Any check_run event whose name matches one of patterns in the list can trigger autoscaling. Note that check_run name seem to equal to the job name you've defined in your actions workflow yaml file. So it is very likely that you can utilize this to trigger depending on the job.
	Names *[]*string `field:"optional" json:"names" yaml:"names"`
	// Repositories is a list of GitHub repositories.
	//
	// Any check_run event whose repository matches one of repositories in the list can trigger autoscaling.
	Repositories *[]*string `field:"optional" json:"repositories" yaml:"repositories"`
	Status *string `field:"optional" json:"status" yaml:"status"`
	// One of: created, rerequested, or completed.
	Types *[]*string `field:"optional" json:"types" yaml:"types"`
}

