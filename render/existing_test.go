package render_test

import (
	"strings"
	"testing"

	"keyless-runners/fleet/fleettest"
)

// A template without resources is none that CloudFormation accepts.
func TestStackOfWhatExistsHasNoTemplate(t *testing.T) {
	f := fleettest.Article()
	f.Clusters[0].ExistingProvider, f.Pools[0].Cluster.ExistingProvider = true, true
	f.ImageRepositories[0].Existing, f.ImageRepositories[0].Stack, f.ImageRepositories[0].KeepUntagged = true, "", 0
	f.Pools[0].PushesTo = f.ImageRepositories
	f.Pools[0].ExistingRole, f.Pools[0].Policy = true, ""
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	files := rendered(t, f)
	for file := range files {
		if strings.HasPrefix(file, "infra/") {
			t.Errorf("got %s, want no template", file)
		}
	}
	if manifest := string(files["manifests/example/build.k8s.yaml"]); !strings.Contains(manifest, "eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/self_hosted_runner_role\n") {
		t.Errorf("the ServiceAccount does not name the role:\n%s", manifest)
	}
}
