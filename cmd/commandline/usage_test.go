package commandline

import (
	"errors"
	"io"
	"strings"
	"testing"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/cmd/internal/terminal"
)

// A mistake in the command line has one status, whichever the command: scripts tell it from a finding
// by that.
func TestMistakesInTheCommandLineAreStatus2(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, line := range []string{
		"sinth", "--dits", "synth production", "synth --dits x", "verify x", "check --fromat json", "check --format yaml", "check --account 12",
		"diff", "diff a b c", "diff main --format sarif", "explain --format svg", "import runners", "import runners web --dits", "import runners web --format yaml",
		"migrate", "migrate --dits", "init", "init --dits", "version x", "current x", "current --dits", "app infra",
	} {
		root := newRoot(entry.Own())
		root.SetArgs(strings.Fields(line))
		root.SetOut(io.Discard)
		root.SetErr(io.Discard)
		var status terminal.Status
		if err := command.Execute(t.Context(), root); !errors.As(err, &status) || status.Code != 2 {
			t.Errorf("keyless %s: got %v, want status 2", line, err)
		}
	}
}
