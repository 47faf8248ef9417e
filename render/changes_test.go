package render

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// write puts files below their own folder.
func write(t *testing.T, files Files) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := files.write(folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

// marked puts the mark of its path at the end of every file.
func marked(files Files) Files {
	for path, content := range files {
		files[path] = fmt.Appendf(content, "# Rendered by keyless-runners to dist/%s. Change the fleet, not this file.\n", path)
	}
	return files
}

func read(t *testing.T, folder string) Files {
	t.Helper()
	files, err := ReadFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// One file that cannot get to its place leaves all of them as they were.
func TestAllFilesChangeOrNone(t *testing.T) {
	for name, inTheWay := range map[string]string{
		"a file where a folder has to be": "manifests/example",
		"a folder where a file has to be": "manifests/example/build.k8s.yaml/notes.txt",
	} {
		t.Run(name, func(t *testing.T) { changeAllOrNone(t, inTheWay) })
	}
}

func changeAllOrNone(t *testing.T, inTheWay string) {
	before := marked(Files{
		"infra/keyless-runners.template.json": []byte("{}\n"),
		"workflows/push-gone.yaml":            []byte("on: push\n"),
	})
	before[inTheWay] = []byte("mine\n")
	after := marked(Files{
		"infra/keyless-runners.template.json": []byte("{\"Resources\": {}}\n"),
		"infra/other.template.json":           []byte("{}\n"),
		"manifests/example/build.k8s.yaml":    []byte("a: 1\n"),
		"workflows/push-build.yaml":           []byte("on: push\n"),
	})
	dist, outdir := write(t, before), write(t, after)
	if err := Compare(before, after).Apply(outdir, dist); err == nil {
		t.Errorf("got no error, want one about %s", inTheWay)
	}
	if diff := cmp.Diff(before, read(t, dist)); diff != "" {
		t.Errorf("dist (-before +after):\n%s", diff)
	}
	if err := os.RemoveAll(filepath.Join(dist, "manifests/example")); err != nil {
		t.Fatal(err)
	}
	if err := Compare(before, after).Apply(write(t, after), dist); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after, read(t, dist)); diff != "" {
		t.Errorf("dist (-want +got):\n%s", diff)
	}
}
