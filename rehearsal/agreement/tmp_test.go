package agreement_test

import (
	"testing"

	"keyless-runners/preflight"
)

func TestVerdicts(t *testing.T) {
	for _, m := range mutants {
		folder := t.TempDir()
		m.write(t, folder)
		f, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		r := preflight.Check(f)
		if r.Proved() != m.proved {
			t.Errorf("%s: proved %v, want %v", m.name, r.Proved(), m.proved)
			for _, f := range r.Findings {
				t.Logf("   %s %s %s", f.Kind.ID, f.Kind.Severity, f.Problem)
			}
		}
	}
	t.Log(len(mutants))
}
