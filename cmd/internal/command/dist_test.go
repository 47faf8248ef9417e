package command

import (
	"os"
	"path/filepath"
	"testing"

	"keyless-runners/cmd/internal/top"
)

func TestCommandsOutsideOfAFleet(t *testing.T) {
	root := t.TempDir()
	for _, folder := range []string{"elsewhere", "top/fleet", "top/a/b", "rendered/dist", "misled/fleet/declared.go"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "top/fleet/declared.go"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const (
		none  = `" is not the top of a fleet: it has no fleet/declared.go; run this command in the folder that has it`
		above = `" is not the top of a fleet: it has no fleet/declared.go; the top is "`
		paths = ", or name the files or folders to read"
	)
	for _, test := range []struct{ folder, render, read string }{
		{"elsewhere", `"` + root + `/elsewhere` + none, `"` + root + `/elsewhere` + none + paths},
		{"misled", `"` + root + `/misled` + none, `"` + root + `/misled` + none + paths},
		{"rendered", `"` + root + `/rendered` + none, ""},
		{"top", "", `dist/ is not there: run "make synth", or name the files or folders to read`},
		{"top/fleet", `"` + root + `/top/fleet` + above + root + `/top": run this command there`, `"` + root + `/top/fleet` + above + root + `/top": run this command there` + paths},
		{"top/a/b", `"` + root + `/top/a/b` + above + root + `/top": run this command there`, `"` + root + `/top/a/b` + above + root + `/top": run this command there` + paths},
	} {
		t.Chdir(filepath.Join(root, test.folder))
		if got := text(top.Copy.Check()); got != test.render {
			t.Errorf("%s, to render: got %s, want %s", test.folder, got, test.render)
		}
		if got := text(checkDist(top.Copy)); got != test.read {
			t.Errorf("%s, to read: got %s, want %s", test.folder, got, test.read)
		}
	}
}

// text returns an error's text, "" for none.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
