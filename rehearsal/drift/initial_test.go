package drift_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// declareAnew has keyless init read and declare what is deployed: with the stack's template it is the
// fleet that init finds in what was rendered, and without it all of it exists.
func (w *world) declareAnew(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	build := exec.Command("go", "build", "-o", folder, "./cmd/keyless", "./cmd/keyless-doctor")
	build.Dir = "../.."
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	infra, workflows := filepath.Join(w.dist, "infra"), filepath.Join(w.dist, "workflows")
	rendered, said := declared(t, folder, w.dist)
	if !strings.HasPrefix(said, "found: 1 pool in 1 cluster, which push to or pull from 1 image repository; 0 questions\n") {
		t.Errorf("of dist: %s", said)
	}
	deployed, said := declared(t, folder, "--cluster", "example", "--region", string(region), "--context", "rehearsal", infra, workflows)
	if diff := cmp.Diff(rendered, deployed); diff != "" {
		t.Errorf("(-rendered +deployed)\n%s%s", diff, said)
	}
	alone, said := declared(t, folder, "existing", workflows)
	for _, exists := range []string{"ExistingProvider: true", "ExistingRole:", "Existing: true"} {
		if !strings.Contains(alone, exists) {
			t.Errorf("without the template: want %q in\n%s%s", exists, alone, said)
		}
	}
}

// declared returns what keyless init writes for the folder to standard output and standard error.
func declared(t *testing.T, folder string, args ...string) (source, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command := exec.Command(filepath.Join(folder, "keyless"), append([]string{"init"}, args...)...)
	command.Dir = folder
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil && command.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	return stdout.String(), stderr.String()
}
