package fleet_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

// Two pools with one role may have the same labels where a job does the same on the runners of
// both.
func TestPoolsOfOneRoleMayHaveTheSameLabels(t *testing.T) {
	const refused = `pools["build"].labels, pools["spot"].labels: a job for one of these pools could land on another, which has the same labels, "push-my-app"; give each its own label`
	for _, test := range []struct {
		name   string
		change func(owner, other *fleet.Pool)
		want   string
	}{
		{"IRSA", func(_, _ *fleet.Pool) {}, "<nil>"},
		{"more labels on one", func(_, other *fleet.Pool) { other.Labels = append(other.Labels, "spot") }, "<nil>"},
		{"EKS Pod Identity, where the workflow asks whose token it is", func(owner, other *fleet.Pool) {
			owner.Way, other.Way = fleet.WayPodIdentity, fleet.WayPodIdentity
		}, refused},
		{"both ways on one, whose Pods EKS gives the role by EKS Pod Identity", func(owner, _ *fleet.Pool) { owner.Way = fleet.WayBoth }, refused},
		{"another builder", func(_, other *fleet.Pool) { other.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{} }, refused},
		{"another role", func(owner, other *fleet.Pool) {
			owner.AlsoTrusts, other.ExistingRole, other.Role, other.Policy = nil, false, "other", "other"
		}, refused},
	} {
		f := fleettest.Article()
		owner := f.Pools[0]
		other := owner
		other.Name, other.ServiceAccount, other.RunnerDeployment, other.ExistingRole, other.Policy = "spot", "spot", "spot", true, ""
		other.Labels = []identity.RunnerLabel{"Push-My-App"}
		owner.AlsoTrusts = []identity.Subject{other.Subject()}
		test.change(&owner, &other)
		f.Pools = []fleet.Pool{owner, other}
		if diff := cmp.Diff(test.want, fmt.Sprint(f.Check())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
