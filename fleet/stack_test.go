package fleet_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

// contents lists what is in which stack, in order.
func contents(f fleet.Fleet) []string {
	var lines []string
	for _, s := range f.Stacks() {
		line := fmt.Sprintf("%s in %s %s:", s.Name, s.Account, s.Region)
		for _, c := range s.Clusters {
			line += fmt.Sprintf(" cluster %s", c.Name)
		}
		for _, r := range s.ImageRepositories {
			line += fmt.Sprintf(" repository %s", r.Name)
		}
		for _, p := range s.Pools {
			line += fmt.Sprintf(" %s", p.Name)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestStacksHoldWhatTheyAreGivenInTheOrderOfNames(t *testing.T) {
	want := []string{
		"runners-china in 444455556666 cn-north-1: cluster china repository app china",
		"runners-gov in 777788889999 us-gov-west-1: repository app gov",
		"runners-us in 111122223333 us-east-1: cluster us repository shop/api repository shop/web" +
			" shop team-01 team-02 team-03 team-04 team-05 team-06 team-07 team-08 team-09 team-10 team-11 team-12",
		"runners-us-base in 111122223333 us-east-1: base",
	}
	f := fleettest.Large()
	if diff := cmp.Diff(want, contents(f)); diff != "" {
		t.Errorf("stacks (-want +got):\n%s", diff)
	}
	slices.Reverse(f.Clusters)
	slices.Reverse(f.ImageRepositories)
	slices.Reverse(f.Pools)
	if diff := cmp.Diff(want, contents(f)); diff != "" {
		t.Errorf("stacks of the same fleet written in another order (-want +got):\n%s", diff)
	}
}

func TestStackTakes500ResourcesAnd200Outputs(t *testing.T) {
	full := func(pools int) fleet.Fleet {
		f := fleettest.Article()
		for i := range pools - 1 {
			second(&f, func(p *fleet.Pool) {
				name := fmt.Sprintf("pool-%d", i)
				p.Name, p.Labels[0] = identity.PoolName(name), identity.RunnerLabel(name)
				p.ServiceAccount, p.RunnerDeployment = identity.ServiceAccount(name), identity.RunnerDeployment(name)
				p.Role, p.Policy = identity.RoleName(name), identity.PolicyName(name)
			})
		}
		return f
	}
	// One cluster and one image repository put out a value each, too.
	if err := full(198).Check(); err != nil {
		t.Errorf("198 pools: got %v, want no problem", err)
	}
	want := `stacks["keyless-runners"]: 201 outputs, limit 200; give some pools or image repositories another stack`
	if err := full(199).Check(); err == nil || err.Error() != want {
		t.Errorf("199 pools: got %v, want %s", err, want)
	}
	// With EKS Pod Identity, a pool has a third resource.
	associated := full(167)
	for i := range associated.Pools {
		associated.Pools[i].Way = fleet.WayPodIdentity
	}
	want = `stacks["keyless-runners"]: 503 resources, limit 500; give some pools or image repositories another stack`
	if err := associated.Check(); err == nil || err.Error() != want {
		t.Errorf("167 pools with associations: got %v, want %s", err, want)
	}
	split := full(199)
	split.Pools[198].Stack = "keyless-runners-2"
	if err := split.Check(); err != nil {
		t.Errorf("199 pools in two stacks: got %v, want no problem", err)
	}
}

func TestStacksDoNotHoldWhatExists(t *testing.T) {
	f := fleettest.Article()
	f.Clusters[0].ExistingProvider = true
	pool := &f.Pools[0]
	pool.Cluster, pool.Way, pool.Policy, pool.ExistingRole = f.Clusters[0], fleet.WayPodIdentity, "", true
	want := []string{"keyless-runners in 111122223333 us-east-1: repository my-app build"}
	if diff := cmp.Diff(want, contents(f)); diff != "" {
		t.Errorf("with an association (-want +got):\n%s", diff)
	}
	pool.ExistingAssociation = true
	want = []string{"keyless-runners in 111122223333 us-east-1: repository my-app"}
	if diff := cmp.Diff(want, contents(f)); diff != "" {
		t.Errorf("with an existing association (-want +got):\n%s", diff)
	}
}
