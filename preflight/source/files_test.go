package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/source"
)

func TestFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.yaml", "a.json", "x.txt", ".git/c.yaml", ".github/workflows/d.yml", "node_modules/e.json", "sub/F.YAML", "g.template"} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("a: b"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := source.Files(folder)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], folder+"/")
	}
	if diff := cmp.Diff([]string{".github/workflows/d.yml", "a.json", "b.yaml", "g.template", "sub/F.YAML"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, err := source.Files(filepath.Join(folder, "x.txt")); err != nil || len(got) != 1 {
		t.Errorf("a file that is named: got %v, %v", got, err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	large := filepath.Join(folder, "large.json")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 100<<20); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(folder, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	read := func(path string) error {
		files, err := source.Files(path)
		if err == nil {
			_, err = source.Read(files[0])
		}
		return err
	}
	if err := read(""); err == nil || err.Error() != `"": the name is empty; want a file, a folder or "-" for standard input` {
		t.Errorf("an empty name: got %v", err)
	}
	for path, want := range map[string]string{
		filepath.Join(folder, "missing"): ": no such file or directory",
		empty:                            ": no file below this folder ends in .json, .template, .yaml, .yml",
		large:                            ": 104857600 bytes: want at most 33554432; split the file",
		"/dev/null":                      `: not a file; want a file, a folder or "-" for standard input`,
	} {
		if err := read(path); err == nil || err.Error() != path+want {
			t.Errorf("%s: got %v, want %s", path, err, path+want)
		}
	}
}
