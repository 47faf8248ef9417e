package render

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// write puts files below a folder of their own.
func write(t *testing.T, files Files) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := files.write(folder); err != nil {
		t.Fatal(err)
	}
	return folder
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
	before := Files{
		"infra/keyless-runners.template.json": []byte("{}\n"),
		"manifests/example":                   []byte("a file where a folder has to be\n"),
		"workflows/push-gone.yaml":            []byte("on: push\n"),
	}
	after := Files{
		"infra/keyless-runners.template.json": []byte("{\"Resources\": {}}\n"),
		"infra/other.template.json":           []byte("{}\n"),
		"manifests/example/build.k8s.yaml":    []byte("a: 1\n"),
		"workflows/push-build.yaml":           []byte("on: push\n"),
	}
	dist, outdir := write(t, before), write(t, after)
	if err := Compare(before, after).Apply(outdir, dist); err == nil {
		t.Error("got no error, want one about manifests/example")
	}
	if diff := cmp.Diff(before, read(t, dist)); diff != "" {
		t.Errorf("dist (-before +after):\n%s", diff)
	}
	if err := os.Remove(filepath.Join(dist, "manifests/example")); err != nil {
		t.Fatal(err)
	}
	if err := Compare(before, after).Apply(write(t, after), dist); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after, read(t, dist)); diff != "" {
		t.Errorf("dist (-want +got):\n%s", diff)
	}
}
