package initial_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/diff"
	"keyless-runners/examples"
	"keyless-runners/fleet"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel/kerneltest"
	"keyless-runners/manifests"
	"keyless-runners/render"
	"keyless-runners/render/rendertest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// rendered renders a fleet to a folder.
func rendered(t *testing.T, f fleet.Fleet) string {
	t.Helper()
	outdir := t.TempDir()
	files := rendertest.Render(t, f, outdir, infra.Synth, manifests.Synth)
	dist := t.TempDir()
	if err := render.Compare(nil, files).Apply(outdir, dist); err != nil {
		t.Fatal(err)
	}
	return dist
}

// between compares two folders as keyless diff does.
func between(t *testing.T, base, now string) diff.Difference {
	t.Helper()
	var states [2]diff.State
	for i, folder := range []string{base, now} {
		state, err := diff.Read(diff.Input{Label: "a folder", Path: folder})
		if err != nil {
			t.Fatal(err)
		}
		states[i] = state
	}
	return diff.Between(states[0], states[1], nil)
}

func TestADeployedFleetThatWasFoundRendersToTheSame(t *testing.T) {
	for _, example := range fleets(t) {
		t.Run(example.Name, func(t *testing.T) {
			original := "../examples/" + example.Name
			result := foundIn(t, deployed(t, example.Fleet, original, true))
			again := rendered(t, result.Fleet)
			before, err := render.ReadFiles(original)
			if err != nil {
				t.Fatal(err)
			}
			after, err := render.ReadFiles(again)
			if err != nil {
				t.Fatal(err)
			}
			for _, change := range render.Compare(before, after) {
				t.Errorf("rendered otherwise:\n%s", change.Diff())
			}
		})
	}
}

// ofItself are the examples with a target role: the pool's role, which does nothing but take it, is
// not declared as existing, and init asks about it.
var ofItself = map[string]bool{"target-role": true}

// Where what others made is existing, no one gains or loses a push: what the stacks created is
// then in the outputs of commands alone.
func TestNoOneGainsOrLosesAPushByWhatExists(t *testing.T) {
	for _, example := range fleets(t) {
		t.Run(example.Name, func(t *testing.T) {
			base := deployed(t, example.Fleet, "../examples/"+example.Name, false)
			f := foundIn(t, base).Fleet
			if err := f.Check(); (err != nil) != ofItself[example.Name] {
				t.Fatalf("got %v", err)
			} else if err != nil {
				return
			}
			now := rendered(t, f)
			addOutputs(t, base, now)
			found := between(t, base, now)
			for _, push := range found.Pushes {
				t.Errorf("%s: %s can push to %s", push.Kind, push.Who, push.ImageRepository)
			}
			for _, object := range found.Objects {
				if object.Action != diff.Move {
					t.Errorf("%s %s", object.Action, object.Title())
				}
			}
		})
	}
}

// addOutputs adds what the AWS command line printed to a folder of what is rendered.
func addOutputs(t *testing.T, existing, now string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(existing), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".json") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(existing, file))
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(now, strings.ReplaceAll(file, "/", "-")), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The first cluster of a pool is not the first by name.
func TestAPoolKeepsTheOrderOfItsClusters(t *testing.T) {
	f := examples.BlueGreen()
	for i := range f.Pools {
		p := &f.Pools[i]
		p.Cluster, p.AlsoIn = p.AlsoIn[0], []fleet.Cluster{p.Cluster}
	}
	result := foundIn(t, deployed(t, f, rendered(t, f), true))
	for _, p := range result.Fleet.Pools {
		if p.Cluster.Name != "green" || len(p.AlsoIn) != 1 || p.AlsoIn[0].Name != "blue" {
			t.Errorf("pool %q: got cluster %q and also in %v, want green, also in blue", p.Name, p.Cluster.Name, p.AlsoIn)
		}
	}
	if len(result.Fleet.Pools) != 2 {
		t.Errorf("got %d pools, want 2", len(result.Fleet.Pools))
	}
}
