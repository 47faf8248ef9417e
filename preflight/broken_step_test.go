package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Steps before the push that fail in every run.
func TestBrokenSteps(t *testing.T) {
	const checkout, use = "    - uses: actions/checkout@v6\n", "    - uses: ./version\n"
	action := func(steps string) map[string]string {
		return map[string]string{"version/action.yml": "runs:\n  using: composite\n  steps:\n" + steps}
	}
	good := action("  - {shell: bash, run: make version}\n")
	before := func(steps string) []edit { return []edit{{"workflow.yaml", checkout, steps}} }
	for _, test := range []struct {
		name  string
		edits []edit
		files map[string]string
		want  []string
	}{
		{"an action of the source repository", before(checkout + use), good, []string{}},
		{"before the checkout", before(use + checkout), good, []string{"KR192"}},
		{"without one", before("    - uses: docker/setup-buildx-action@v3\n" + use), good, []string{"KR192"}},
		{"a program, without one", before(use), map[string]string{"version/action.yml": "runs: {using: node24, main: x.js}"}, []string{"KR192"}},
		{"behind a clone", before("    - run: git clone https://github.com/octo-org/my-app .\n" + use), good, []string{}},
		{"behind an action that may check out", before("    - uses: octo-org/actions/prepare@v1\n" + use), good, []string{}},
		{"without a shell", before(checkout + use), action("  - {run: make version}\n"), []string{"KR192"}},
		{"a step that uses an action and names no shell", before(checkout + use), action("  - {uses: docker/setup-buildx-action@v3}\n"), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, test.files); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
