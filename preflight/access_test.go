package preflight_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestWhoCanPush judges the good chain with a few lines changed, written as the examples
// of the findings are (see example): each archive in testdata/access says what the files
// mean and where that stands, and its section "output" is all that is to be said of them.
func TestWhoCanPush(t *testing.T) {
	for name, e := range accessExamples(t) {
		path, err := filepath.Abs(filepath.Join("testdata/access", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			archive := e.archive
			_, output := e.run(t)
			if diff := cmp.Diff(e.section("output"), output); diff != "" && !*update {
				t.Errorf("(-want +got)\n%s\n%s", diff, output)
			}
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(section txtar.File) bool { return section.Name == "output" })
				archive.Files = append(archive.Files, txtar.File{Name: "output", Data: []byte(output)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// accessExamples are the archives of testdata/access, by their names.
func accessExamples(t *testing.T) map[string]*example {
	t.Helper()
	names, err := filepath.Glob("testdata/access/*.txtar")
	if err != nil || len(names) < 18 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	examples := map[string]*example{}
	for _, name := range names {
		examples[strings.TrimSuffix(filepath.Base(name), ".txtar")] = readExample(t, name)
	}
	return examples
}
