package manifests

import (
	"time"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// horizontalRunnerAutoscalerSpec has the fields of the spec that this project sets
// (actions-runner-controller, apis/actions.summerwind.net/v1alpha1). The bindings have a
// type for it, which fails on times.
type horizontalRunnerAutoscalerSpec struct {
	ScaleTargetRef           map[string]string   `json:"scaleTargetRef"`
	GitHubAPICredentialsFrom *credentialsFrom    `json:"githubAPICredentialsFrom,omitempty"`
	MinReplicas              int                 `json:"minReplicas"`
	MaxReplicas              int                 `json:"maxReplicas"`
	Metrics                  []map[string]string `json:"metrics,omitempty"`
	ScaleUpTriggers          []scaleUpTrigger    `json:"scaleUpTriggers,omitempty"`
	ScaleDownDelay           int                 `json:"scaleDownDelaySecondsAfterScaleOut,omitempty"`
	ScheduledOverrides       []scheduledOverride `json:"scheduledOverrides,omitempty"`
}

type credentialsFrom struct {
	SecretRef map[string]string `json:"secretRef"`
}

type scaleUpTrigger struct {
	GitHubEvent map[string]struct{} `json:"githubEvent"`
	Duration    string              `json:"duration"`
}

type scheduledOverride struct {
	StartTime      time.Time       `json:"startTime"`
	EndTime        time.Time       `json:"endTime"`
	MinReplicas    int             `json:"minReplicas"`
	RecurrenceRule *recurrenceRule `json:"recurrenceRule,omitempty"`
}

type recurrenceRule struct {
	Frequency fleet.Recurrence `json:"frequency"`
	UntilTime *time.Time       `json:"untilTime,omitempty"`
}

func newAutoscaler(scope constructs.Construct, pool fleet.Pool) {
	a := *pool.Autoscaling
	object := cdk8s.NewApiObject(scope, jsii.String("HorizontalRunnerAutoscaler"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("actions.summerwind.dev/v1alpha1"),
		Kind:       jsii.String("HorizontalRunnerAutoscaler"),
		Metadata:   metadata(pool, string(pool.RunnerDeployment)),
	})
	spec := horizontalRunnerAutoscalerSpec{
		ScaleTargetRef:     map[string]string{"kind": "RunnerDeployment", "name": string(pool.RunnerDeployment)},
		MinReplicas:        a.MinReplicas,
		MaxReplicas:        a.MaxReplicas,
		ScaleDownDelay:     int(a.ScaleDownDelay.Seconds()),
		ScheduledOverrides: schedules(a),
	}
	if pool.GitHubAPICredentialsFrom != "" { // the metric is asked of GitHub with the runners' own
		spec.GitHubAPICredentialsFrom = &credentialsFrom{map[string]string{"name": pool.GitHubAPICredentialsFrom}}
	}
	if a.Webhook == 0 {
		spec.Metrics = []map[string]string{percentageRunnersBusy}
	} else {
		spec.ScaleUpTriggers = []scaleUpTrigger{{map[string]struct{}{"workflowJob": {}}, a.Webhook.String()}}
	}
	object.AddJsonPatch(add("/spec", spec))
}

// percentageRunnersBusy doubles the pool's runners while more than three in four are busy
// and halves them while fewer than one in four are. It is the one metric that
// works in every scope (actions-runner-controller,
// docs/automatically-scaling-runners.md).
var percentageRunnersBusy = map[string]string{
	"type":               "PercentageRunnersBusy",
	"scaleUpThreshold":   "0.75",
	"scaleUpFactor":      "2",
	"scaleDownThreshold": "0.25",
	"scaleDownFactor":    "0.5",
}

func schedules(a fleet.Autoscaling) []scheduledOverride {
	var list []scheduledOverride
	for _, schedule := range a.Schedules {
		override := scheduledOverride{StartTime: schedule.Start, EndTime: schedule.End, MinReplicas: schedule.MinReplicas}
		if schedule.Every != "" {
			override.RecurrenceRule = &recurrenceRule{Frequency: schedule.Every}
			if !schedule.Until.IsZero() {
				override.RecurrenceRule.UntilTime = &schedule.Until
			}
		}
		list = append(list, override)
	}
	return list
}
