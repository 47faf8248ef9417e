package render_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/render"
)

// asRendered stands in for dist/ after a rendering: what each file holds is of no
// matter here.
func asRendered(f fleet.Fleet) render.Files {
	files := render.Files{}
	for path := range render.NewPlan(f).Files {
		files[path] = []byte("rendered " + path)
	}
	return files
}

// forgotten are the files that are not known of a fleet after another was rendered.
func forgotten(t *testing.T, before, after fleet.Fleet, dist render.Files) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "record")
	record := render.Record{Renderer: "this", Plan: render.NewPlan(before), Dist: asRendered(before).Digests()}
	if err := record.Write(file); err != nil {
		t.Fatal(err)
	}
	record = render.ReadRecord(file, "this")
	plan := record.PlanOf(after)
	known := record.Known(plan, dist, dist.Digests())
	maps.DeleteFunc(plan.Files, func(path string, _ render.Digest) bool { return known[path] != nil })
	return slices.Sorted(maps.Keys(plan.Files))
}

func TestWhatChangesIsRenderedAnew(t *testing.T) {
	for name, test := range map[string]struct {
		change func(f *fleet.Fleet)
		want   []string
	}{
		"nothing":               {func(*fleet.Fleet) {}, nil},
		"the order":             {func(f *fleet.Fleet) { slices.Reverse(f.Pools); slices.Reverse(f.ImageRepositories) }, nil},
		"a pool's labels":       {func(f *fleet.Fleet) { f.Pools[200].Labels = nil }, []string{"infra/runners-01.template.json", "manifests/growing/pool-0200.k8s.yaml", "workflows/.github/actionlint.yaml", "workflows/push-pool-0200.yaml"}},
		"a pool less":           {func(f *fleet.Fleet) { f.Pools = f.Pools[:299] }, []string{"infra/runners-01.template.json", "manifests/growing/Kustomization", "workflows/.github/actionlint.yaml"}},
		"a pool's namespace":    {func(f *fleet.Fleet) { f.Pools[9].Namespace = "own" }, []string{"infra/runners-00.template.json", "manifests/growing/00-own.k8s.yaml", "manifests/growing/Kustomization", "manifests/growing/pool-0009.k8s.yaml", "workflows/push-pool-0009.yaml"}},
		"a pool in a new stack": {func(f *fleet.Fleet) { f.Pools[299].Stack = "new" }, []string{"infra/new.template.json", "infra/runners-01.template.json", "manifests/growing/pool-0299.k8s.yaml", "workflows/push-pool-0299.yaml"}},
		"an image repository":   {func(f *fleet.Fleet) { f.ImageRepositories[89].KeepUntagged++ }, []string{"infra/runners-01.template.json"}},
		"a tag, of all stacks":  {func(f *fleet.Fleet) { f.Tags = map[string]string{"a": "b"} }, []string{"infra/runners-00.template.json", "infra/runners-01.template.json"}},
		"a pool in one cluster more": {func(f *fleet.Fleet) {
			green := f.Clusters[0]
			green.Name, green.Issuer = "green", "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
			f.Clusters, f.Pools[5].AlsoIn = append(f.Clusters, green), []fleet.Cluster{green}
		}, []string{"infra/runners-00.template.json", "manifests/green/00-runners.k8s.yaml", "manifests/green/Kustomization", "manifests/green/pool-0005.k8s.yaml", "manifests/growing/pool-0005.k8s.yaml", "workflows/push-pool-0005.yaml"}},
		"a cluster, of its pool": {func(f *fleet.Fleet) { f.Pools[0].Cluster.ExistingProvider = true }, []string{"infra/runners-00.template.json", "manifests/growing/pool-0000.k8s.yaml", "workflows/push-pool-0000.yaml"}},
	} {
		before, after := fleettest.Growing(300), fleettest.Growing(300)
		test.change(&after)
		if diff := cmp.Diff(test.want, forgotten(t, before, after, asRendered(before))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatIsNotAsItWasRenderedIsRenderedAnew(t *testing.T) {
	f := fleettest.Article()
	for name, test := range map[string]struct {
		change func(dist render.Files)
		want   []string
	}{
		"a byte": {func(dist render.Files) { dist["workflows/push-build.yaml"][0]++ }, []string{"workflows/push-build.yaml"}},
		"gone":   {func(dist render.Files) { delete(dist, "workflows/push-build.yaml") }, []string{"workflows/push-build.yaml"}},
		"swapped": {func(dist render.Files) {
			dist["workflows/push-build.yaml"] = dist["infra/keyless-runners.template.json"]
		}, []string{"workflows/push-build.yaml"}},
		"one more, which is no matter here": {func(dist render.Files) { dist["workflows/push-other.yaml"] = nil }, nil},
	} {
		dist := asRendered(f)
		test.change(dist)
		if diff := cmp.Diff(test.want, forgotten(t, f, f, dist)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRecordOfAnotherRendererIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "folder", "record")
	want := render.Record{Renderer: "this", Plan: render.NewPlan(fleettest.Article()), Verdict: "proved", Program: "p"}
	if err := want.Write(file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, render.ReadRecord(file, "this")); diff != "" {
		t.Errorf("the record as written (-want +got):\n%s", diff)
	}
	other := render.Record{Renderer: "that"}
	if diff := cmp.Diff(other, render.ReadRecord(file, "that")); diff != "" {
		t.Errorf("another renderer's (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(other, render.ReadRecord(file+"-missing", "that")); diff != "" {
		t.Errorf("no record (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(other, render.ReadRecord("record_test.go", "that")); diff != "" {
		t.Errorf("a file that is none (-want +got):\n%s", diff)
	}
}
