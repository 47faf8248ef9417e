package entry_test

import (
	"os"
	"path/filepath"
	"testing"

	"keyless-runners/cmd/internal/entry"
)

func TestTemporaryFolder(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "file"), "", 0o644)
	for name, want := range map[string]string{
		"missing": "no such file or directory",
		"file":    "not a directory",
	} {
		t.Setenv("TMPDIR", folder+"/"+name)
		_, err := entry.TemporaryFolder("keyless-")
		want = `TMPDIR "` + folder + "/" + name + `": ` + want + "; want a folder that can be written to: correct TMPDIR or unset it"
		if got := text(err); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
	t.Setenv("TMPDIR", folder)
	made, err := entry.TemporaryFolder("keyless-")
	if err != nil || filepath.Dir(made) != folder {
		t.Errorf("got %s, %v, want a folder in %s", made, err, folder)
	}
	if err := os.Remove(made); err != nil {
		t.Error(err)
	}
}
