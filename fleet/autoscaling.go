package fleet

import (
	"errors"
	"fmt"
	"time"
)

// Autoscaling keeps enough runners of a RunnerDeployment for the load.
//
// Without Webhook it goes by the metric PercentageRunnersBusy: the share of the runners
// that have a job. Without a runner there is no share, so one always waits.
type Autoscaling struct {
	// MinReplicas is the smallest number of runners: at least 1, or with Webhook at least 0.
	MinReplicas int
	// MaxReplicas is the largest number of runners, at least MinReplicas and 1 and at
	// most 10,000.
	MaxReplicas int
	// Webhook adds a runner for each job that GitHub queues, and takes it away when the job
	// ends or after this time. It needs the controller's webhook server, which GitHub reaches
	// (actions-runner-controller, docs/automatically-scaling-runners.md). Zero: the metric
	// decides.
	Webhook time.Duration
	// ScaleDownDelay is how long no runner is taken away after one was added, in whole
	// seconds. Zero: the controller's own, 10 minutes.
	ScaleDownDelay time.Duration
	// Schedules are times with another MinReplicas. Of two at once, the first counts.
	Schedules []Schedule
}

// Schedule is a time in which at least MinReplicas runners wait.
type Schedule struct {
	// Start and End are those of the first time, with their zone.
	Start, End time.Time
	// Every says how it recurs. Zero: it does not.
	Every Recurrence
	// Until is when it recurs for the last time. Zero: for ever.
	Until time.Time
	// MinReplicas may be 0.
	MinReplicas int
}

// Recurrence is how a schedule recurs.
type Recurrence string

const (
	Daily   Recurrence = "Daily"
	Weekly  Recurrence = "Weekly"
	Monthly Recurrence = "Monthly"
	Yearly  Recurrence = "Yearly"
)

// maxReplicas is far above what a pool needs and far below what a typing mistake
// can ask of a cluster and of GitHub.
const maxReplicas = 10_000

func (a Autoscaling) check(at place, problems *Problems) {
	switch {
	case a.MinReplicas < 0:
		problems.add(at.field("minReplicas"), fmt.Errorf("%s: want 0 or more", replicas(a.MinReplicas)))
	case a.MinReplicas < 1 && a.Webhook == 0:
		problems.add(at.field("minReplicas"), fmt.Errorf("%s: want at least 1; with this metric, PercentageRunnersBusy, no runner is added while there is none", replicas(a.MinReplicas)))
	}
	switch {
	case a.MaxReplicas > maxReplicas:
		problems.add(at.field("maxReplicas"), fmt.Errorf("%s: want at most %d", replicas(a.MaxReplicas), maxReplicas))
	case a.MaxReplicas < a.MinReplicas:
		problems.add(at, fmt.Errorf("minReplicas %d is above maxReplicas %d", a.MinReplicas, a.MaxReplicas))
	case a.MaxReplicas < 1:
		problems.add(at.field("maxReplicas"), fmt.Errorf("%s: want at least 1", replicas(a.MaxReplicas)))
	}
	if a.Webhook < 0 || a.Webhook%time.Second != 0 {
		problems.add(at.field("webhook"), fmt.Errorf("%v: want whole seconds, for example 30 minutes", a.Webhook))
	}
	if a.ScaleDownDelay < 0 || a.ScaleDownDelay%time.Second != 0 {
		problems.add(at.field("scaleDownDelay"), fmt.Errorf("%v: want whole seconds", a.ScaleDownDelay))
	}
	for i, schedule := range a.Schedules {
		problems.add(at.field("schedules").index(i), schedule.check(a))
	}
}

func (s Schedule) check(a Autoscaling) error {
	switch {
	case s.Start.IsZero() || s.End.IsZero():
		return errors.New("start and end are both needed")
	case !s.End.After(s.Start):
		return fmt.Errorf("the end, %s, is not after the start, %s", s.End.Format(time.RFC3339), s.Start.Format(time.RFC3339))
	case s.Every != "" && s.Every != Daily && s.Every != Weekly && s.Every != Monthly && s.Every != Yearly:
		return fmt.Errorf("recurrence %q: want %q, %q, %q or %q, or none", s.Every, Daily, Weekly, Monthly, Yearly)
	case s.Every == "" && !s.Until.IsZero():
		return errors.New("until is for a schedule that recurs; leave it out")
	case s.MinReplicas < 0 || s.MinReplicas > a.MaxReplicas:
		return fmt.Errorf("%s: want 0 or more, up to maxReplicas, %d", replicas(s.MinReplicas), a.MaxReplicas)
	}
	return nil
}

// replicas is a number of replicas in words.
func replicas(n int) string {
	if n == 1 {
		return "1 replica"
	}
	return fmt.Sprintf("%d replicas", n)
}
