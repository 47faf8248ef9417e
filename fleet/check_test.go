package fleet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

func TestGoodFleetsHaveNoProblems(t *testing.T) {
	declared, err := fleet.Declared()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]fleet.Fleet{
		"declared": declared,
		"article":  fleettest.Article(),
		"large":    fleettest.Large(),
	} {
		if err := f.Check(); err != nil {
			t.Errorf("%s fleet: got problems, want none:\n%v", name, err)
		}
	}
}

func TestCheckNamesEveryMistake(t *testing.T) {
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			f := fleettest.Article()
			test.mistake(&f, &f.Pools[0])
			got := ""
			if err := f.Check(); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(strings.TrimSpace(test.want), got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// A quota needs no LimitRange where the pool can say what each of its containers has.
func TestEveryContainerOfAScaleSetHasResources(t *testing.T) {
	f := fleettest.Article()
	scaleSet(&f)
	all := corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse("1")}, Limits: corev1.ResourceList{"memory": resource.MustParse("2Gi")}}
	p := &f.Pools[0]
	p.Resources, p.Builder.Docker = all, &fleet.Docker{Resources: all}
	f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace, ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
		"requests.cpu": resource.MustParse("2"), "limits.memory": resource.MustParse("4Gi"),
	}}}}
	if err := f.Check(); err != nil {
		t.Errorf("got problems, want none:\n%v", err)
	}
}

// inCluster changes the cluster of the fleet's only pool where it is declared and
// where it is used.
func inCluster(f *fleet.Fleet, change func(*fleet.Cluster)) {
	change(&f.Clusters[0])
	f.Pools[0].Cluster = f.Clusters[0]
}

// inRepository does the same for the only image repository.
func inRepository(f *fleet.Fleet, change func(*fleet.ImageRepository)) {
	change(&f.ImageRepositories[0])
	f.Pools[0].PushesTo = []fleet.ImageRepository{f.ImageRepositories[0]}
}

// second adds a pool that differs from the first in every name but those that
// the change gives back.
func second(f *fleet.Fleet, change func(p *fleet.Pool)) {
	p := f.Pools[0]
	p.Name, p.Labels = "other", []identity.RunnerLabel{"other"}
	p.ServiceAccount, p.RunnerDeployment = "other", "other"
	p.Role, p.Policy = "other", "other"
	change(&p)
	f.Pools = append(f.Pools, p)
}

// scaleSet makes a scale set of the fleet's first pool, and declares its controller.
func scaleSet(f *fleet.Fleet) {
	p := &f.Pools[0]
	p.RunnerDeployment, p.Labels, p.Replicas = "", nil, 0
	p.ScaleSet = &fleet.ScaleSet{Name: "push-my-app", MaxRunners: 10, GitHubConfigSecret: "github-app"}
	p.Image = "ghcr.io/actions/actions-runner:2.337.0"
	controller := fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "controller"}
	f.Clusters[0].Controller = controller
	for i := range f.Pools {
		f.Pools[i].Cluster.Controller = controller
	}
}

// twin adds a pool like the first, with names of its own for all that AWS and Kubernetes
// know, and changes it.
func twin(f *fleet.Fleet, change func(second *fleet.Pool)) {
	second := f.Pools[0]
	second.Name, second.ServiceAccount, second.Role, second.Policy = "second", "second", "second", "second"
	change(&second)
	f.Pools = append(f.Pools, second)
}

// sharer adds a pool that takes the first one's role, which trusts it, and changes it.
func sharer(f *fleet.Fleet, change func(second *fleet.Pool)) {
	second := f.Pools[0]
	second.Name, second.ServiceAccount, second.RunnerDeployment, second.Policy = "second", "second", "second", ""
	second.Labels, second.ExistingRole = []identity.RunnerLabel{"second"}, true
	f.Pools[0].AlsoTrusts = []identity.Subject{second.Subject()}
	change(&second)
	f.Pools = append(f.Pools, second)
}
