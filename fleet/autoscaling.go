package fleet

import "fmt"

// Autoscaling keeps enough runners for the load. ARC compares how many of them
// are busy, so one has to be there for it to see any.
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

func (a Autoscaling) check(at path, problems *Problems) {
	if a.MinReplicas < 1 {
		problems.add(at.field("minReplicas"), fmt.Errorf("%d replicas: want at least 1, from none ARC cannot see that runners are busy", a.MinReplicas))
	}
	if a.MaxReplicas > maxReplicas {
		problems.add(at.field("maxReplicas"), fmt.Errorf("%d replicas: want at most %d", a.MaxReplicas, maxReplicas))
	}
	if a.MaxReplicas < a.MinReplicas {
		problems.add(at, fmt.Errorf("minReplicas %d is above maxReplicas %d", a.MinReplicas, a.MaxReplicas))
	}
}
