package initial

import (
	"reflect"
	"time"

	"keyless-runners/fleet"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// autoscalerSpec has the fields of a HorizontalRunnerAutoscaler that a pool can declare
// (actions-runner-controller, apis/actions.summerwind.net/v1alpha1).
type autoscalerSpec struct {
	MinReplicas, MaxReplicas           int
	Metrics                            []map[string]any
	ScaleUpTriggers                    []scaleUpTrigger
	ScaleDownDelaySecondsAfterScaleOut int
	ScheduledOverrides                 []scheduledOverride
}

type scaleUpTrigger struct {
	GitHubEvent map[string]any
	Duration    string
}

type scheduledOverride struct {
	StartTime, EndTime time.Time
	MinReplicas        int
	RecurrenceRule     struct {
		Frequency fleet.Recurrence
		UntilTime time.Time
	}
}

// percentageRunnersBusy is the metric that every pool without a webhook scales by.
var percentageRunnersBusy = map[string]any{
	"type":               "PercentageRunnersBusy",
	"scaleUpThreshold":   "0.75",
	"scaleUpFactor":      "2",
	"scaleDownThreshold": "0.25",
	"scaleDownFactor":    "0.5",
}

// autoscalerOf returns the autoscaler of a RunnerDeployment, one of the same folder first; nil if
// there is none.
func (a *declaration) autoscalerOf(r *runner) *facts.Autoscaler {
	var found *facts.Autoscaler
	for n := range a.facts().Autoscalers {
		autoscaler := &a.facts().Autoscalers[n]
		if !autoscaler.Target.Is(r.Name.Value) || autoscaler.Namespace.Value != r.Namespace.Value {
			continue
		}
		if index.Folder(autoscaler.Place) == index.Folder(r.Place) {
			return autoscaler
		}
		found = autoscaler
	}
	return found
}

// addAutoscaling declares what an autoscaler does.
func (a *declaration) addAutoscaling(r *runner, autoscaler *facts.Autoscaler) {
	var spec autoscalerSpec
	a.decode(r, a.objects[autoscaler.Place].Get("spec"), &spec)
	declared := &fleet.Autoscaling{
		MinReplicas:    spec.MinReplicas,
		MaxReplicas:    spec.MaxReplicas,
		ScaleDownDelay: time.Duration(spec.ScaleDownDelaySecondsAfterScaleOut) * time.Second,
	}
	for _, trigger := range spec.ScaleUpTriggers {
		if _, is := trigger.GitHubEvent["workflowJob"]; is {
			declared.Webhook, _ = time.ParseDuration(trigger.Duration)
		}
	}
	for _, override := range spec.ScheduledOverrides {
		declared.Schedules = append(declared.Schedules, fleet.Schedule{
			Start: override.StartTime, End: override.EndTime,
			Every: override.RecurrenceRule.Frequency, Until: override.RecurrenceRule.UntilTime,
			MinReplicas: override.MinReplicas,
		})
	}
	r.pool.Autoscaling = declared
	a.askAutoscaler(r, autoscaler, spec)
}

// askAutoscaler asks about what a pool's autoscaler does otherwise.
func (a *declaration) askAutoscaler(r *runner, autoscaler *facts.Autoscaler, spec autoscalerSpec) {
	ask := func(text, next string) {
		a.result.ask(Question{Place: autoscaler.Place, About: r.about(), Text: text, Next: next})
	}
	switch {
	case r.pool.Autoscaling.Webhook > 0:
	case len(spec.ScaleUpTriggers) > 0:
		ask("its autoscaler adds runners for an event other than workflowJob, which a pool cannot", "set Webhook in Autoscaling, with GitHub's event workflow_job")
	case len(spec.Metrics) != 1 || !reflect.DeepEqual(spec.Metrics[0], percentageRunnersBusy):
		ask("its autoscaler goes by another metric than PercentageRunnersBusy from 0.25 to 0.75, which a pool goes by", "keep the pool's, or set Webhook in Autoscaling")
	}
	if !autoscaler.Name.Is(r.Name.Value) {
		ask("its autoscaler is named "+quoted(autoscaler.Name.Value)+", and the pool's is named after the RunnerDeployment, so there would be two", "delete the first right after kubectl apply")
	}
}
