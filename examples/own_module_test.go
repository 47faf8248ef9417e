package examples_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/render"
)

const provedByOwnModule = "proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can"

// The programs of a separate module are built from the sources and the build cache of this
// one, and do there what keyless does here.
func TestOwnModule(t *testing.T) {
	top, err := filepath.Abs("own-module")
	if err != nil {
		t.Fatal(err)
	}
	node, err := filepath.Abs("../node_modules/.bin/node")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("JSII_NODE", node)
	t.Setenv("CDK_VALIDATION", "false") // the fleet of another example has it
	bin := t.TempDir()
	run(t, top, "go", "build", "-ldflags=-s", "-o", bin+"/", "./...")

	if *update {
		run(t, top, bin+"/runners", "synth")
	}
	t.Run("verify", func(t *testing.T) {
		got := run(t, top, bin+"/runners", "verify")
		if want := "dist: 6 files, all as the fleet renders them\n"; got != want {
			t.Errorf("got %swant %s", got, want)
		}
	})
	t.Run("check", func(t *testing.T) {
		if got, want := lastLine(run(t, top, bin+"/runners", "check")), provedByOwnModule+" (4 files)"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
	t.Run("synth", func(t *testing.T) {
		elsewhere := t.TempDir()
		if err := os.CopyFS(filepath.Join(elsewhere, "ci"), os.DirFS(filepath.Join(top, "ci"))); err != nil {
			t.Fatal(err)
		}
		run(t, elsewhere, bin+"/runners", "synth")
		want, err := render.ReadFiles(filepath.Join(top, "dist"))
		got, gotErr := render.ReadFiles(filepath.Join(elsewhere, "dist"))
		if err := errors.Join(err, gotErr); err != nil {
			t.Fatal(err)
		}
		for _, change := range render.Compare(want, got) {
			t.Errorf("%s", change.Diff())
		}
	})
	t.Run("outside of the module", func(t *testing.T) {
		output, err := exec.Command(bin+"/runners", "synth").CombinedOutput()
		here, _ := os.Getwd()
		want := `error: "` + here + `" is not the top of a fleet: it has no ci/fleet.go; run this command in the folder that has it` + "\n"
		if diff := cmp.Diff(want, string(output)); diff != "" || err == nil {
			t.Errorf("error %v (-want +got):\n%s", err, diff)
		}
	})
	t.Run("the roles in another app's stack", func(t *testing.T) {
		out := t.TempDir()
		t.Setenv("CDK_OUTDIR", out)
		run(t, top, bin+"/platform")
		got := lastLine(run(t, top, bin+"/runners", "check", filepath.Join(out, "platform.template.json"), "dist/manifests", "dist/workflows"))
		if want := provedByOwnModule + " (4 files)"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func run(t *testing.T, folder, program string, args ...string) string {
	t.Helper()
	command := exec.Command(program, args...)
	command.Dir = folder
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", filepath.Base(program), strings.Join(args, " "), err, output, stderr.String())
	}
	return string(output)
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
