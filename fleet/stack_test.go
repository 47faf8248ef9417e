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
		for _, p := range s.TargetRoles {
			line += fmt.Sprintf(" target role of %s", p.Name)
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
	targets := full(201)
	for i := range targets.Pools {
		p := &targets.Pools[i]
		remote(p)
		p.TargetRole.Role, p.TargetRole.Policy = p.Role, p.Policy
		p.Stack = []identity.StackName{"keyless-runners", "keyless-runners-2"}[i%2]
	}
	targets.ImageRepositories = append(targets.ImageRepositories, targets.Pools[0].PushesTo[0])
	want = `stacks["targets"]: 201 outputs, limit 200; give some pools or image repositories another stack`
	if err := targets.Check(); err == nil || err.Error() != want {
		t.Errorf("201 target roles: got %v, want %s", err, want)
	}
}

// remote has a pool of the article's cluster push in another account, by a target role there.
func remote(p *fleet.Pool) {
	p.Way = fleet.WayPodIdentity
	p.PushesTo = []fleet.ImageRepository{{Name: "far", Account: "444455556666", Region: "eu-west-1", Stack: "images", KeepUntagged: 1}}
	p.TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push-far", Policy: "push-far", Stack: "targets"}
}

func TestTargetRolesAreInTheStackOfTheirAccount(t *testing.T) {
	f := fleettest.Article()
	second(&f, remote)
	f.ImageRepositories = append(f.ImageRepositories, f.Pools[1].PushesTo[0])
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"images in 444455556666 eu-west-1: repository far",
		"keyless-runners in 111122223333 us-east-1: cluster example repository my-app build other",
		"targets in 444455556666 eu-west-1: target role of other",
	}
	if diff := cmp.Diff(want, contents(f)); diff != "" {
		t.Errorf("stacks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[2:], contents(fleettest.Checked(t, f).InStacks([]string{"targets"}).Fleet())); diff != "" {
		t.Errorf("the stack alone (-want +got):\n%s", diff)
	}
	if alone := contents(fleettest.Checked(t, f).InStacks(nil).Fleet()); alone != nil {
		t.Errorf("got stacks %q of a fleet without any", alone)
	}
	f.Pools[1].TargetRole.Existing, f.Pools[1].TargetRole.Policy, f.Pools[1].TargetRole.Stack = true, "", ""
	if diff := cmp.Diff(want[:2], contents(f)); diff != "" {
		t.Errorf("stacks with an existing target role (-want +got):\n%s", diff)
	}
}

func TestTargetRoleOfAnotherPlaceThanItsStackIsAProblem(t *testing.T) {
	f := fleettest.Article()
	second(&f, remote)
	f.ImageRepositories = append(f.ImageRepositories, f.Pools[1].PushesTo[0])
	f.Pools[1].TargetRole.Stack = "keyless-runners"
	const want = `stacks["keyless-runners"].targetRoles["other"]: it is in account "444455556666", region "eu-west-1", and other things of the stack are in account "111122223333", region "us-east-1"; a stack lives in one of each`
	if err := f.Check(); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
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
