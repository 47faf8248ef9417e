package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"keyless-runners/fleet"
)

// build builds keyless with a fleet in the place of the declared one.
func (b bench) build(ctx context.Context, f fleet.Fleet, name string) (program string, err error) {
	declared, overlay := filepath.Join(b.folder, name+".go"), filepath.Join(b.folder, name+".json")
	program = filepath.Join(b.folder, name)
	replaced, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(b.repository, "fleet/declared.go"): declared},
	})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(declared, []byte(declaration(f)), 0o644); err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, replaced, 0o644); err != nil {
		return "", err
	}
	build := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "-o", program, "./cmd/keyless")
	build.Dir = b.repository
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%q: %w\n%s", build.Args, err, output)
	}
	return program, nil
}

// declaration is Go for a fleet that holds no pointers, which %#v prints as addresses.
func declaration(f fleet.Fleet) string {
	value := strings.ReplaceAll(fmt.Sprintf("%#v", f), "fleet.", "")
	return "package fleet\n\nimport \"keyless-runners/identity\"\n\nfunc Declared() (Fleet, error) { return " + value + ", nil }\n"
}
