package keyless_test

import (
	"io"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// The workflow that reviews pull requests runs code that anybody may propose.
func TestReviewHoldsNoKey(t *testing.T) {
	const file = ".github/workflows/review.yaml"
	workflow := read(t, file)
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := linter.Lint(file, []byte(workflow), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		t.Error(finding)
	}
	for _, forbidden := range []string{"secrets", "id-token", "pull_request_target", "write"} {
		if strings.Contains(strings.ReplaceAll(workflow, "needs no secret and", ""), forbidden) {
			t.Errorf("%s has the word %q", file, forbidden)
		}
	}
	for _, want := range []string{"permissions:\n  contents: read\n", "run: make check\n", "if: success() || failure()\n", "keyless check --format markdown >> \"$GITHUB_STEP_SUMMARY\""} {
		if !strings.Contains(workflow, want) {
			t.Errorf("%s lacks %q", file, want)
		}
	}
}
