package cmd_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the commands as a user does, at the top of this repository.
// A script that has a declared.go of its own has it in place of
// fleet/declared.go, without touching that. What make installs has to be there.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("make", "-C", repository, "setup").CombinedOutput(); err != nil {
		t.Fatalf("make setup: %v\n%s", err, output)
	}
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	// One after the other: they build the same programs, each for its own fleet.
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) { runScript(t, repository, script) })
	}
	for _, program := range []string{"keyless", "infra", "manifests"} {
		os.Remove(filepath.Join(repository, "bin", program))
	}
}

func runScript(t *testing.T, repository, script string) {
	testscript.Run(t, testscript.Params{
		Files: []string{script},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repository)
			env.Setenv("JSII_NODE", filepath.Join(repository, "node_modules/.bin/node"))
			env.Setenv("HOME", os.Getenv("HOME"))
			env.Setenv("PATH", filepath.Join(env.WorkDir, "bin")+":"+filepath.Join(repository, "node_modules/.bin")+":"+os.Getenv("PATH"))
			env.Setenv("npm_config_userconfig", filepath.Join(env.WorkDir, "npmrc")) // the user's own may make npm talk
			flags, err := overlay(env.WorkDir, repository)
			env.Setenv("GOFLAGS", flags)
			return err
		},
	})
}

// overlay has the go command read the script's declared.go, if it has one, and makes its
// folder the top of a fleet.
func overlay(work, repository string) (flags string, err error) {
	declared := filepath.Join(work, "declared.go")
	if _, err := os.Stat(declared); err != nil {
		return "-buildvcs=false", nil
	}
	content, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(repository, "fleet/declared.go"): declared},
	})
	if err != nil {
		return "", err
	}
	file := filepath.Join(work, "overlay.json")
	return "-buildvcs=false -overlay=" + file, errors.Join(
		os.WriteFile(file, content, 0o644),
		os.Mkdir(filepath.Join(work, "fleet"), 0o755),
		os.Symlink(declared, filepath.Join(work, "fleet/declared.go")),
	)
}
