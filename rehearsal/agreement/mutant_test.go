package agreement_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/identity"
)

// article is the article's fleet. The declared fleet is the user's to edit.
var article = base{
	folder:   "../../render/testdata/article",
	template: template,
	manifest: manifest,
	workflow: workflow,
	cluster:  eksCluster(region, "example"),
	pushesTo: identity.ImageRepository{Registry: identity.Registry{Account: account, Region: region}, Name: "my-app"},
}

// Its files.
const (
	template = "infra/keyless-runners.template.json"
	manifest = "manifests/example/build.k8s.yaml"
	workflow = "workflows/push-build.yaml"
)

// mutant is one thing changed in a rendered fleet.
type mutant struct {
	name string
	file string
	// old is replaced by new, once in the file; with everywhere, in every place of every
	// file of its folder.
	old, new   string
	everywhere bool
	// happens is part of what goes wrong; "" if the job pushes, and no one can do
	// what he should not. That has to be the verdict of the check, too.
	happens string
	// warned is the rule by which the check warns of what happens, but proves that the job
	// pushes; "" if what happens is to be an error.
	warned string
}

// write copies the rendered fleet to a folder, with the mutation.
func (m mutant) write(t *testing.T, of base, folder string) {
	t.Helper()
	if err := os.CopyFS(folder, os.DirFS(of.folder)); err != nil {
		t.Fatal(err)
	}
	if m.old == "" {
		return
	}
	files := []string{filepath.Join(folder, m.file)}
	if m.everywhere {
		files, _ = filepath.Glob(filepath.Join(folder, filepath.Dir(m.file), "*"))
	}
	count := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		count += strings.Count(string(text), m.old)
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), m.old, m.new)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if count == 0 || count > 1 && !m.everywhere {
		t.Fatalf("%s: %q is %d times in %s", m.name, m.old, count, m.file)
	}
}
