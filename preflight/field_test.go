package preflight_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFieldCases judges faults that people had in public, each rebuilt in the good chain as
// the examples of the findings are (see example): NAME.txtar is the fault, with where it was
// had, and NAME-mended.txtar is what works. The section "output" of either is all that is to
// be said of it, and what is mended is proved. A case is right if all its archives are.
func TestFieldCases(t *testing.T) {
	names, err := filepath.Glob("testdata/field/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases, wrong := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		path, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		e := readExample(t, name)
		fault := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), ".txtar"), "-mended")
		right := t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			found, output := e.run(t)
			if mended := strings.HasSuffix(name, "-mended.txtar"); mended && !found.Proved() || !mended && len(found.Findings) == 0 {
				t.Errorf("proved is %v, with %d findings", found.Proved(), len(found.Findings))
			}
			if diff := cmp.Diff(e.section("output"), output); diff != "" && !*update {
				t.Errorf("output (-want +got)\n%s", diff)
			}
			if *update {
				writeOutput(t, path, e.archive, output)
			}
		})
		cases[fault] = true
		if !right {
			wrong[fault] = true
		}
	}
	t.Logf("%d cases in %d archives: %d right, %d wrong", len(cases), len(names), len(cases)-len(wrong), len(wrong))
	if len(cases) < 40 {
		t.Errorf("%d cases, want at least the 40 that were there", len(cases))
	}
}
