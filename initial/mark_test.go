package initial_test

import (
	"os"
	"strings"
	"testing"

	"keyless-runners/examples"
	"keyless-runners/initial"
)

func TestOnlyWhatNoOneWroteIsReplaced(t *testing.T) {
	written := string(initial.Result{Fleet: examples.Role()}.Source())
	example, err := os.ReadFile("../fleet/declared.go")
	if err != nil {
		t.Fatal(err)
	}
	const someones = "it declares a fleet that keyless init did not write"
	for _, c := range []struct{ name, source, want string }{
		{"written by init", written, ""},
		{"written by init and edited", strings.Replace(written, `"web-runner"`, `"my-runner"`, 1), "it was edited since keyless init wrote it"},
		{"written by init, without its mark", written[strings.Index(written, "package"):], someones},
		{"the project's own", string(example), ""},
		{"someone's", string(example) + "// Mine.\n", someones},
		{"empty", "", someones},
	} {
		got := ""
		if err := initial.Replaceable([]byte(c.source)); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
