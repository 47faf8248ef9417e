package render_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/manifests"
	"keyless-runners/render"
)

// sharing is a namespace of two pools, of which one needs privileged Pods.
func sharing(second fleet.Builder) fleet.Fleet {
	f := fleettest.Article()
	other := f.Pools[0]
	other.Name, other.Labels, other.ServiceAccount, other.RunnerDeployment = "web", nil, "web", "web"
	other.Labels = append(other.Labels, "push-web")
	other.Role, other.Policy, other.Builder = "web", "web", second
	f.Pools = append(f.Pools, other)
	f.Pools[0].Builder.Script = `jib build --target="$IMAGE"`
	return f
}

func TestNamespaceAdmitsWhatAnyOfItsPoolsNeeds(t *testing.T) {
	const file = "manifests/example/00-self-hosted-runners.k8s.yaml"
	docker, script := sharing(fleet.Builder{}), sharing(fleet.Builder{Script: `ko build --bare --tags "$IMAGE_TAG" .`})
	if err := docker.Check(); err != nil {
		t.Fatal(err)
	}
	for level, f := range map[string]fleet.Fleet{"privileged": docker, "baseline": script} {
		if got := string(rendered(t, f)[file]); !strings.Contains(got, "pod-security.kubernetes.io/enforce: "+level+"\n") {
			t.Errorf("want level %s, got\n%s", level, got)
		}
	}
	if render.NewPlan(docker).Files[file] == render.NewPlan(script).Files[file] {
		t.Error("the plan holds the namespace for the same with another level")
	}
	if render.NewPlan(docker).Files["workflows/push-web.yaml"] == render.NewPlan(script).Files["workflows/push-web.yaml"] {
		t.Error("the plan holds the workflow for the same with another builder")
	}
}

// The level of a namespace follows from all of its pools, also where their own files are
// known.
func TestNamespaceIsRenderedWithAllOfItsPools(t *testing.T) {
	const file = "manifests/example/00-self-hosted-runners.k8s.yaml"
	f := fleettest.Checked(t, sharing(fleet.Builder{}))
	known := rendered(t, f.Fleet())
	want := known[file]
	delete(known, file)
	none := func(context.Context, string, []string) error { return nil }
	part := func(_ context.Context, outdir string, pools []string) error {
		manifests.Synth(f.OfPools(pools), outdir)
		return nil
	}
	files, err := render.Render(t.Context(), f, known, t.TempDir(), none, part)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(files[file])); diff != "" {
		t.Errorf("the namespace alone (-in the whole +alone):\n%s", diff)
	}
}
