package fleet

import "fmt"

// Autoscaling keeps enough runners for the load, by the metric
// PercentageRunnersBusy: the share of the runners that have a job. Without a runner
// there is no share, so one always waits.
type Autoscaling struct {
	// MinReplicas is the smallest number of runners, at least 1.
	MinReplicas int
	// MaxReplicas is the largest number of runners, at least MinReplicas and at
	// most 10,000.
	MaxReplicas int
}

// maxReplicas is far above what a pool needs and far below what a typing mistake
// can ask of a cluster and of GitHub.
const maxReplicas = 10_000

func (a Autoscaling) check(at place, problems *Problems) {
	if a.MinReplicas < 1 {
		problems.add(at.field("minReplicas"), fmt.Errorf("%s: want at least 1; with this metric, PercentageRunnersBusy, no runner is added while there is none", replicas(a.MinReplicas)))
	}
	if a.MaxReplicas > maxReplicas {
		problems.add(at.field("maxReplicas"), fmt.Errorf("%s: want at most %d", replicas(a.MaxReplicas), maxReplicas))
	}
	if a.MaxReplicas < a.MinReplicas {
		problems.add(at, fmt.Errorf("minReplicas %d is above maxReplicas %d", a.MinReplicas, a.MaxReplicas))
	}
}

// replicas is a number of replicas in words.
func replicas(n int) string {
	if n == 1 {
		return "1 replica"
	}
	return fmt.Sprintf("%d replicas", n)
}
