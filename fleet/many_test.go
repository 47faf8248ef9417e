package fleet_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

// manyPools is the article's fleet with so many pools for its one, "p00", "p01" and so
// on, each with its own stack, and a change made to each.
func manyPools(pools int, change func(i int, p *fleet.Pool)) fleet.Fleet {
	f := fleettest.Article()
	article := f.Pools[0]
	f.Pools = nil
	for i := range pools {
		p, name := article, fmt.Sprintf("p%02d", i)
		p.Name, p.Stack = identity.PoolName(name), identity.StackName(name)
		p.Labels = []identity.RunnerLabel{identity.RunnerLabel(name)}
		p.ServiceAccount, p.RunnerDeployment = identity.ServiceAccount(name), identity.RunnerDeployment(name)
		p.Role, p.Policy = identity.RoleName(name), identity.PolicyName(name)
		change(i, &p)
		f.Pools = append(f.Pools, p)
	}
	return f
}

// tenPools are the places of ten pools from a first one on, each between two texts.
func tenPools(before string, first int, after string) string {
	var places []string
	for i := range 10 {
		places = append(places, fmt.Sprintf(`%spools["p%02d"]%s`, before, first+i, after))
	}
	return strings.Join(places, ", ")
}

func TestMistakeThatRepeatsIsOneLineWithItsFirstTenPlaces(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(i int, p *fleet.Pool)
		want   string
	}{
		{"nothing", func(int, *fleet.Pool) {}, ``},
		{"label", func(_ int, p *fleet.Pool) { p.Labels = []identity.RunnerLabel{"linux", "build"} },
			tenPools("", 0, ".labels") + `, and 50 more: a job for one of these pools could land on another, which has the same labels, "build"; give each its own label`},
		{"label of all beside one of each", func(i int, p *fleet.Pool) {
			p.Labels = []identity.RunnerLabel{"build"}
			if i > 0 {
				p.Labels = append(p.Labels, identity.RunnerLabel(p.Name))
			}
		}, `pools["p00"].labels: a job for this pool could land on ` + tenPools("", 1, "") + `, and 49 more, which have all of its labels; give each its own label`},
		{"label of GitHub", func(i int, p *fleet.Pool) { p.Labels = append(p.Labels, "ubuntu-latest") },
			tenPools("", 0, ".labels[1]") + `, and 50 more: runner label "ubuntu-latest": GitHub's own runners have it, so jobs for those could land here; want one that no other runner has`},
		{"namespace", func(_ int, p *fleet.Pool) { p.Namespace = "default" },
			tenPools("", 0, ".namespace") + `, and 50 more: namespace "default" is shared with others, who could take the pool's role; want a namespace for runners alone`},
		{"image", func(_ int, p *fleet.Pool) { p.Image = "ghcr.io/actions/actions-runner:2.337.0" },
			tenPools("", 0, ".image") + `, and 50 more: image "ghcr.io/actions/actions-runner:2.337.0": it is made for scale sets, and does not register itself, as the runner of a RunnerDeployment has to; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`},
		{"cluster", func(_ int, p *fleet.Pool) { p.Cluster.Name = "exmple" },
			tenPools("", 0, ".cluster") + `, and 50 more: cluster "exmple" is not declared; declared: "example"`},
		{"role", func(_ int, p *fleet.Pool) { p.Role = "runner" },
			tenPools("", 1, ".role") + `, and 49 more: role "runner" in account "111122223333" is already used by pools["p00"].role`},
		{"ServiceAccount", func(_ int, p *fleet.Pool) { p.ServiceAccount = "runner" },
			tenPools("", 1, ".serviceAccount") + `, and 49 more: ServiceAccount "runner" in namespace "self-hosted-runners" of cluster "example" is already used by pools["p00"].serviceAccount`},
		{"stack in another region", func(i int, p *fleet.Pool) {
			if p.Stack = "keyless-runners"; i >= 20 {
				p.Cluster.Region = "us-west-2"
			}
		}, tenPools("", 20, ".cluster") + `, and 30 more: cluster "example" is declared with other values in clusters["example"]
` + tenPools(`stacks["keyless-runners"].`, 20, "") + `, and 30 more: it is in account "111122223333", region "us-west-2", and other things of the stack are in account "111122223333", region "us-east-1"; a stack lives in one of each`},
	} {
		got := ""
		if err := manyPools(60, c.change).Check(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("60 pools with one %s:\ngot\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestProblemsOfDifferentFieldsAndTextsAreLinesOfTheirOwn(t *testing.T) {
	f := manyPools(3, func(i int, p *fleet.Pool) {
		p.Role = identity.RoleName(fmt.Sprintf("my role %d", i))
		p.ServiceAccount, p.RunnerDeployment = "a_b", identity.RunnerDeployment(fmt.Sprint("r", i))
		p.Namespace = identity.Namespace(fmt.Sprint("n", i))
	})
	const want = `pools["p00"].serviceAccount, pools["p01"].serviceAccount, pools["p02"].serviceAccount: ServiceAccount "a_b": '_' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots
pools["p00"].role: role name "my role 0": ' ' at position 3 is not allowed; want letters, digits and +=,.@_-
pools["p01"].role: role name "my role 1": ' ' at position 3 is not allowed; want letters, digits and +=,.@_-
pools["p02"].role: role name "my role 2": ' ' at position 3 is not allowed; want letters, digits and +=,.@_-`
	if got := fmt.Sprint(f.Check()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPlacesOfOneNameSayWhereTheyAre(t *testing.T) {
	f := manyPools(3, func(i int, p *fleet.Pool) { p.Replicas = -1 })
	f.Pools[1].Name, f.Pools[2].Name = "web", "web"
	f.ImageRepositories = append(f.ImageRepositories, fleet.ImageRepository{Name: "my-app", Account: "111122223333", Region: "us-west-2", Stack: "images", KeepUntagged: -1})
	const want = `imageRepositories[1].keepUntagged ("my-app" in account "111122223333", region "us-west-2"): -1 images: want at least 1, up to 100000
pools["p00"].replicas, pools[1].replicas ("web" of cluster "example"), pools[2].replicas ("web" of cluster "example"): -1 replicas: want 0 or more, up to 10000
pools[2].name ("web" of cluster "example"): pool name "web" is already used by pools[1].name ("web" of cluster "example")`
	if got := fmt.Sprint(f.Check()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A check that compared each pool with each other, or listed all image repositories for
// each, would not end before the tests' time is up. What it takes is in docs/benchmarks.md.
func TestMistakesOfTenThousandPoolsAreALineEach(t *testing.T) {
	f := manyPools(10_000, func(i int, p *fleet.Pool) {
		p.PushesTo = nil
		if p.Labels[0] = "build"; i%2 == 0 {
			p.Labels = append(p.Labels, identity.RunnerLabel(p.Name))
		}
	})
	want := tenPools("", 0, ".pushesTo") + `, and 9990 more: the pool pushes nowhere; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"
pools["p01"].labels, pools["p03"].labels, pools["p05"].labels, pools["p07"].labels, pools["p09"].labels, pools["p11"].labels, pools["p13"].labels, pools["p15"].labels, pools["p17"].labels, pools["p19"].labels, and 4990 more: a job for one of these pools could land on another, which has the same labels, "build"; give each its own label`
	if got := fmt.Sprint(f.Check()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
