package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	arc "keyless-runners/imports/actionssummerwinddev"
)

// newAutoscaler doubles the pool's runners while more than three in four are busy
// and halves them while fewer than one in four are. It is the one metric that
// works in every scope (actions-runner-controller,
// docs/automatically-scaling-runners.md).
func newAutoscaler(scope constructs.Construct, pool fleet.Pool) {
	arc.NewHorizontalRunnerAutoscaler(scope, jsii.String("HorizontalRunnerAutoscaler"), &arc.HorizontalRunnerAutoscalerProps{
		Metadata: metadata(pool, string(pool.RunnerDeployment)),
		Spec: &arc.HorizontalRunnerAutoscalerSpec{
			ScaleTargetRef: &arc.HorizontalRunnerAutoscalerSpecScaleTargetRef{
				Kind: arc.HorizontalRunnerAutoscalerSpecScaleTargetRefKind_RUNNER_DEPLOYMENT,
				Name: jsii.String(string(pool.RunnerDeployment)),
			},
			GithubApiCredentialsFrom: autoscalerCredentials(pool),
			MinReplicas:              jsii.Number(pool.Autoscaling.MinReplicas),
			MaxReplicas:              jsii.Number(pool.Autoscaling.MaxReplicas),
			Metrics: &[]*arc.HorizontalRunnerAutoscalerSpecMetrics{{
				Type:               jsii.String("PercentageRunnersBusy"),
				ScaleUpThreshold:   jsii.String("0.75"),
				ScaleUpFactor:      jsii.String("2"),
				ScaleDownThreshold: jsii.String("0.25"),
				ScaleDownFactor:    jsii.String("0.5"),
			}},
		},
	})
}

// autoscalerCredentials are the runners' own: the metric is asked of GitHub with them.
func autoscalerCredentials(pool fleet.Pool) *arc.HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom {
	if pool.GitHubAPICredentialsFrom == "" {
		return nil
	}
	return &arc.HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom{
		SecretRef: &arc.HorizontalRunnerAutoscalerSpecGithubApiCredentialsFromSecretRef{Name: jsii.String(pool.GitHubAPICredentialsFrom)},
	}
}
