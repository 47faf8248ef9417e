package temporary_test

import (
	"os"
	"path/filepath"
	"testing"

	"keyless-runners/cmd/internal/temporary"
)

func TestFolder(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"missing": "no such file or directory",
		"file":    "not a directory",
	} {
		t.Setenv("TMPDIR", folder+"/"+name)
		_, err := temporary.Folder("keyless-")
		want = `TMPDIR "` + folder + "/" + name + `": ` + want + "; want a folder that can be written to: correct TMPDIR or unset it"
		if err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, want)
		}
	}
	t.Setenv("TMPDIR", folder)
	made, err := temporary.Folder("keyless-")
	if err != nil || filepath.Dir(made) != folder {
		t.Errorf("got %s, %v, want a folder in %s", made, err, folder)
	}
	if err := os.Remove(made); err != nil {
		t.Error(err)
	}
}
