package fleet

import "testing"

// This file is yours, as declared.go is. Here stands what has to hold for your fleet
// besides the rules of AWS, Kubernetes and GitHub, which Check knows. "make check"
// runs it.

// Runners cost nodes: a mistake in Replicas or MaxReplicas is found here, not on the
// bill.
func TestRunnersAreNoMoreThanTheNodesHold(t *testing.T) {
	const most = 50 // of all pools together
	f, err := Declared()
	if err != nil {
		t.Fatal(err)
	}
	runners := 0
	for _, pool := range f.Pools {
		runners += pool.Replicas
		if pool.Autoscaling != nil {
			runners += pool.Autoscaling.MaxReplicas
		}
	}
	if runners > most {
		t.Errorf("the fleet can have %d runners at once, want at most %d", runners, most)
	}
}
