// Package agreement compares what "keyless check" says of rendered files with what
// happens when they are deployed, applied and used.
package agreement_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/rehearsal/stage"
)

// TestMain plays the parts of the jobs that the tests run.
func TestMain(m *testing.M) {
	if status, played := stage.Play(context.Background(), os.Args); played {
		os.Exit(status)
	}
	os.Exit(m.Run())
}

func TestCheckSaysWhatHappens(t *testing.T) {
	w := newWorld(t)
	for _, fleet := range []struct {
		name    string
		base    base
		mutants []mutant
	}{
		{"the article", article, mutants},
		{"pod identity", podIdentity, podIdentityMutants},
	} {
		for _, m := range fleet.mutants {
			t.Run(fleet.name+"/"+m.name, func(t *testing.T) { agree(t, w, fleet.base, m) })
		}
	}
	t.Run("examples", func(t *testing.T) { examples(t, w) })
}

// agree compares what the check says of a mutant with what happens.
func agree(t *testing.T, w *world, of base, m mutant) {
	folder := w.folder(t)
	m.write(t, of, folder)
	proved, found := check(t, folder)
	if proved != (m.happens == "" || m.warned != "") || !strings.Contains(found, m.warned) {
		t.Errorf("keyless check: proved is %v, but this happens: %q; it found:%s", proved, m.happens, found)
	}
	got := w.live(t, of, folder)
	if !strings.Contains(got, m.happens) || got != "" && m.happens == "" {
		t.Errorf("what happened: %q, want %q", got, m.happens)
	}
}

// check is the verdict of "keyless check" and what it found.
func check(t *testing.T, folder string) (proved bool, found string) {
	t.Helper()
	said, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	report := preflight.Check(said)
	for _, finding := range report.Findings {
		found += "\n  " + finding.Kind.ID + " " + finding.Problem
	}
	return report.Proved(), found
}
