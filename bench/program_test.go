package main

import (
	"os/exec"
	"path/filepath"
	"testing"

	"keyless-runners/fleet/fleettest"
)

// A fleet is measured as its declaration compiles, with all types that it has by now.
func TestDeclarationsCompile(t *testing.T) {
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := (bench{repository: repository, folder: t.TempDir()}).declare(fleettest.Growing(3), "declared")
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-overlay", overlay, "./fleet")
	build.Dir = repository
	if output, err := build.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
