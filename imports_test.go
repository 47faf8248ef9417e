package keyless_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// The bindings are committed, so that no one needs the CRDs to build; this test says
// whether they are still what cdk8s makes of them.
func TestImportsAreNotStale(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "imports")
	if output, err := exec.Command("make", "imports", "IMPORTS="+fresh).CombinedOutput(); err != nil {
		t.Fatalf("make imports: %v\n%s", err, output)
	}
	seen := map[string]bool{}
	compare := func(root, other string) {
		err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			name, _ := filepath.Rel(root, file)
			if err != nil || entry.IsDir() || seen[name] {
				return err
			}
			seen[name] = true
			ours, _ := os.ReadFile(filepath.Join(root, name))
			theirs, err := os.ReadFile(filepath.Join(other, name))
			if err != nil || string(ours) != string(theirs) {
				t.Errorf(`imports/%s is stale: run "make imports"`, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	compare(fresh, "imports")
	compare("imports", fresh)
	if len(seen) < 500 {
		t.Errorf("got %d files, want more than 500", len(seen))
	}
}
