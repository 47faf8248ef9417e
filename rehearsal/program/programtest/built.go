// Package programtest has the programs of a rehearsal for tests.
package programtest

import (
	"path/filepath"
	"testing"

	"keyless-runners/rehearsal/program"
)

// Built builds what is not built yet, for a test of a package that stands directly in
// the rehearsal's folder. A cold build takes minutes; go test -v shows what of.
func Built(t testing.TB) program.Programs {
	t.Helper()
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	programs, err := program.Build(t.Context(), filepath.Join(repository, "rehearsal"), filepath.Join(repository, ".build/rehearsal"), func(s program.Step) {
		if s.Elapsed == 0 {
			t.Logf("building %s (%d of %d)", s.Program, s.Number, s.Of)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return programs
}
