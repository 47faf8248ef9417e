package fleet_test

import (
	"testing"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

func TestAFleetWithAProblemIsNotChecked(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].Labels = nil
	checked, err := f.Checked()
	const want = `pools["build"].labels: want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if _, ok := checked.Pool("build"); ok || len(checked.Fleet().Pools) > 0 {
		t.Errorf("got a fleet with pools %+v, want none", checked.Fleet().Pools)
	}
}

// What is replaced in a fleet after its check was never checked.
func TestACheckedFleetStaysAsItWasChecked(t *testing.T) {
	f := fleettest.Article()
	checked := fleettest.Checked(t, f)
	f.Pools[0].Role, f.Clusters[0].Region, f.ImageRepositories[0].Name = "a b", "us-esat-1", "My-App"
	got := checked.Fleet()
	if got.Pools[0].Role != "self_hosted_runner_role" || got.Clusters[0].Region != "us-east-1" || got.ImageRepositories[0].Name != "my-app" {
		t.Errorf("got %+v, which was changed behind the check", got)
	}
	got.Pools[0].Role = "a b"
	if pool, _ := checked.Pool("build"); pool.Role != "self_hosted_runner_role" {
		t.Errorf("got role %q, which was changed behind the check", pool.Role)
	}
}

func TestPartsOfACheckedFleetByTheirNames(t *testing.T) {
	f := fleettest.Large()
	checked := fleettest.Checked(t, f)
	for _, pool := range f.Pools {
		if got, ok := checked.Pool(pool.Name); !ok || got.Role != pool.Role {
			t.Errorf("pool %q: got role %q, %t", pool.Name, got.Role, ok)
		}
	}
	for _, cluster := range f.Clusters {
		if got, ok := checked.Cluster(cluster.Name); !ok || got != cluster {
			t.Errorf("cluster %q: got %+v, %t", cluster.Name, got, ok)
		}
	}
	for _, repository := range f.ImageRepositories {
		if got, ok := checked.ImageRepository(repository.ID()); !ok || got.ID() != repository.ID() {
			t.Errorf("image repository %q: got %q, %t", repository.ID(), got.ID(), ok)
		}
	}
	if _, ok := checked.Pool("nobody"); ok {
		t.Error("got a pool that the fleet does not have")
	}
	if _, ok := checked.ImageRepository(identity.ImageRepository{}); ok {
		t.Error("got an image repository that the fleet does not have")
	}
	one := checked.OfPools([]string{"base"})
	if _, ok := one.Pool("base"); !ok || len(one.Fleet().Pools) != 1 {
		t.Errorf("got pools %+v, want base alone", one.Fleet().Pools)
	}
}
