package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/fleet"
)

// build builds keyless with a fleet in the place of the declared one.
func (b bench) build(ctx context.Context, f fleet.Fleet, name string) (program string, err error) {
	overlay, err := b.declare(f, name)
	if err != nil {
		return "", err
	}
	program = filepath.Join(b.folder, name)
	build := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "-o", program, "./cmd/keyless")
	build.Dir = b.repository
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%q: %w\n%s", build.Args, err, output)
	}
	return program, nil
}

// declare writes an overlay for Go, which has a fleet in the place of the declared one.
func (b bench) declare(f fleet.Fleet, name string) (overlay string, err error) {
	declared, overlay := filepath.Join(b.folder, name+".go"), filepath.Join(b.folder, name+".json")
	replaced, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(b.repository, "fleet/declared.go"): declared},
	})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(declared, []byte(declaration(f)), 0o644); err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, replaced, 0o644)
}

// packages are those whose types a fleet has, beside its own, by the names that %#v gives them.
var packages = map[string]string{
	"identity": "keyless-runners/identity",
	"policy":   "keyless-runners/policy",
	"v1":       "k8s.io/api/core/v1",
}

// declaration is Go for a fleet that holds no pointers, which %#v prints as addresses.
func declaration(f fleet.Fleet) string {
	value := strings.ReplaceAll(fmt.Sprintf("%#v", f), "fleet.", "")
	var imports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		if strings.Contains(value, name+".") {
			fmt.Fprintf(&imports, "import %s %q\n", name, packages[name])
		}
	}
	return "package fleet\n\n" + imports.String() + "\nfunc Declared() (Fleet, error) { return " + value + ", nil }\n"
}
