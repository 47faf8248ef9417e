package render

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Linux has its own file system in /dev/shm, here in the place of a mount.
func TestAFolderOfDistMayBeAnotherFileSystem(t *testing.T) {
	mount, err := os.MkdirTemp("/dev/shm", "keyless-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(mount) })
	if err := os.Rename(t.TempDir(), filepath.Join(mount, "moved")); !errors.Is(err, syscall.EXDEV) {
		t.Fatalf("moving between the two file systems: got %v, want %v", err, syscall.EXDEV)
	}
	dist := write(t, marked(Files{"infra/keyless-runners.template.json": []byte("{}\n")}))
	if err := os.Symlink(mount, filepath.Join(dist, "manifests")); err != nil {
		t.Fatal(err)
	}
	after := marked(Files{
		"infra/keyless-runners.template.json": []byte("{\"Resources\": {}}\n"),
		"manifests/example/build.k8s.yaml":    []byte("a: 1\n"),
	})
	want := Files{"example/build.k8s.yaml": after["manifests/example/build.k8s.yaml"]}
	if err := Compare(read(t, dist), after).Apply(write(t, after), dist); err != nil {
		t.Fatal(err)
	}
	delete(after, "manifests/example/build.k8s.yaml")
	if diff := cmp.Diff(after, read(t, dist)); diff != "" {
		t.Errorf("dist (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, read(t, mount)); diff != "" {
		t.Errorf("the other file system (-want +got):\n%s", diff)
	}
}
