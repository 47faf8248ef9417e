package fleet

import "fmt"

// Autoscaling keeps enough runners for the load. ARC compares how many of them
// are busy, so one has to be there for it to see any.
type Autoscaling struct {
	// MinReplicas is the smallest number of runners, at least 1.
	MinReplicas int
	// MaxReplicas is the largest number of runners, at least MinReplicas.
	MaxReplicas int
}

func (a Autoscaling) check(at path, problems *Problems) {
	if a.MinReplicas < 1 {
		problems.add(at.field("minReplicas"), fmt.Errorf("%d replicas: want at least 1, from none ARC cannot see that runners are busy", a.MinReplicas))
	}
	if a.MaxReplicas < a.MinReplicas {
		problems.add(at, fmt.Errorf("minReplicas %d is above maxReplicas %d", a.MinReplicas, a.MaxReplicas))
	}
}
