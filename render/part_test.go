package render_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/infra"
	"keyless-runners/manifests"
	"keyless-runners/render"
)

// A stack and a pool are rendered to the same bytes by themselves as among the
// others, or synth could not leave the others out.
func TestPartsAreRenderedAsInTheWhole(t *testing.T) {
	f := fleettest.Checked(t, fleettest.Large())
	want := rendered(t, f.Fleet())
	for _, stack := range []string{"runners-us", "runners-us-base", "runners-china", "runners-gov"} {
		path := stack + ".template.json"
		same(t, want["infra/"+path], alone(t, path, infra.Synth, f.InStacks([]string{stack})))
	}
	for _, pool := range []string{"us/shop", "us/base", "gov/gov", "us/team-07"} {
		path := pool + ".k8s.yaml"
		same(t, want["manifests/"+path], alone(t, path, manifests.Synth, f.OfPools([]string{filepath.Base(pool)})))
	}
}

// alone is the one file that is rendered of a part of a fleet.
func alone(t *testing.T, path string, synth func(fleet.Checked, string), part fleet.Checked) []byte {
	t.Helper()
	outdir := t.TempDir()
	synth(part, outdir)
	files, err := render.ReadFiles(outdir)
	if err != nil {
		t.Fatal(err)
	}
	return files[path]
}

func same(t *testing.T, whole, alone []byte) {
	t.Helper()
	if diff := cmp.Diff(string(whole), string(alone)); diff != "" || len(whole) == 0 {
		t.Errorf("%d bytes (-in the whole +alone):\n%s", len(whole), diff)
	}
}
