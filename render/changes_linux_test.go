package render

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Linux has a file system of its own in /dev/shm.
func TestDistMayBeAnotherFileSystem(t *testing.T) {
	dist, err := os.MkdirTemp("/dev/shm", "keyless-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dist) })
	outdir := t.TempDir()
	if err := os.Rename(t.TempDir(), filepath.Join(dist, "moved")); err == nil || err.(*os.LinkError).Err != syscall.EXDEV {
		t.Fatalf("moving between the two file systems: got %v, want %v", err, syscall.EXDEV)
	}
	before := Files{
		"infra/keyless-runners.template.json": []byte("{}\n"),
		"manifests/example/gone.k8s.yaml":     []byte("a: 1\n"),
		"manifests/example/notes.txt":         []byte("mine\n"),
	}
	after := Files{
		"infra/keyless-runners.template.json": []byte("{\"Resources\": {}}\n"),
		"workflows/push-build.yaml":           []byte("on: push\n"),
	}
	if err := before.write(dist); err != nil {
		t.Fatal(err)
	}
	if err := after.write(outdir); err != nil {
		t.Fatal(err)
	}
	if err := Compare(before, after).Apply(dist, outdir); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFiles(dist)
	if err != nil {
		t.Fatal(err)
	}
	want := Files{
		"infra/keyless-runners.template.json": []byte("{\"Resources\": {}}\n"),
		"manifests/example/notes.txt":         []byte("mine\n"),
		"workflows/push-build.yaml":           []byte("on: push\n"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dist (-want +got):\n%s", diff)
	}
	if left, err := filepath.Glob(filepath.Join(dist, ".*")); err != nil || left != nil {
		t.Errorf("what is left beside: got %q, %v, want nothing", left, err)
	}
}
