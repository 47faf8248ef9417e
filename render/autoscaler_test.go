package render_test

import (
	"testing"
	"time"

	arc "github.com/actions/actions-runner-controller/apis/actions.summerwind.net/v1alpha1"
	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func TestWebhooksAndSchedulesReachTheAutoscaler(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, zone) }
	f := fleettest.Article()
	f.Pools[0].Replicas = 0
	f.Pools[0].Autoscaling = &fleet.Autoscaling{
		MaxReplicas: 50, Webhook: 30 * time.Minute, ScaleDownDelay: 5 * time.Minute,
		Schedules: []fleet.Schedule{
			{Start: at(30, 8), End: at(30, 18), Every: fleet.Weekly, Until: at(30, 8).AddDate(1, 0, 0), MinReplicas: 3},
			{Start: at(29, 0), End: at(30, 0)},
		},
	}
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	time := func(t time.Time) metav1.Time { return metav1.Time{Time: t.UTC()} }
	want := &arc.HorizontalRunnerAutoscalerSpec{
		ScaleTargetRef: arc.ScaleTargetRef{Kind: "RunnerDeployment", Name: "runner-deployment"},
		MinReplicas:    pointer(0), MaxReplicas: pointer(50),
		ScaleDownDelaySecondsAfterScaleUp: pointer(300),
		ScaleUpTriggers: []arc.ScaleUpTrigger{{
			GitHubEvent: &arc.GitHubEventScaleUpTriggerSpec{WorkflowJob: &arc.WorkflowJobSpec{}},
			Duration:    metav1.Duration{Duration: f.Pools[0].Autoscaling.Webhook},
		}},
		ScheduledOverrides: []arc.ScheduledOverride{
			{StartTime: time(at(30, 8)), EndTime: time(at(30, 18)), MinReplicas: pointer(3), RecurrenceRule: arc.RecurrenceRule{Frequency: "Weekly", UntilTime: time(at(30, 8).AddDate(1, 0, 0))}},
			{StartTime: time(at(29, 0)), EndTime: time(at(30, 0)), MinReplicas: pointer(0)},
		},
	}
	all := decode(t, rendered(t, f)).objects["example/build.k8s.yaml"]
	if diff := cmp.Diff(want, &all.autoscaler.Spec, cmp.Comparer(func(a, b metav1.Time) bool { return a.Equal(&b) })); diff != "" {
		t.Errorf("autoscaler (-want +got):\n%s", diff)
	}
	if all.deployment.Spec.Replicas != nil {
		t.Errorf("got replicas %d, want none beside an autoscaler", *all.deployment.Spec.Replicas)
	}
}
