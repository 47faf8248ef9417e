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
	for _, forbidden := range []string{"secrets", "id-token", "pull_request_target"} {
		if strings.Contains(strings.ReplaceAll(workflow, "needs no secret and", ""), forbidden) {
			t.Errorf("%s has the word %q", file, forbidden)
		}
	}
	for _, want := range []string{
		"permissions:\n  contents: read\n", "run: make check\n", "if: success() || failure()\n",
		"keyless check --format markdown >> \"$GITHUB_STEP_SUMMARY\"", "bin/keyless diff HEAD^1 --format markdown > difference.md",
	} {
		if !strings.Contains(workflow, want) {
			t.Errorf("%s lacks %q", file, want)
		}
	}
	// The job that may write runs nothing of the pull request.
	proposed, trusted, found := strings.Cut(workflow, "\n  show:\n")
	if !found {
		t.Fatalf("%s has no job that shows the reports", file)
	}
	_, jobs, _ := strings.Cut(proposed, "\njobs:\n")
	if strings.Contains(jobs, "write") || strings.Contains(jobs, "permissions") || strings.Contains(jobs, "github.token") {
		t.Errorf("%s: the job that runs code of the pull request may write", file)
	}
	for _, forbidden := range []string{"checkout", "make", "keyless check", "keyless synth", "bin/", "contents:", "actions:"} {
		if strings.Contains(trusted, forbidden) {
			t.Errorf("%s: the job that may write has %q", file, forbidden)
		}
	}
	for _, want := range []string{"pull-requests: write", "security-events: write", "head.repo.full_name == github.repository"} {
		if strings.Count(trusted, want) != 1 {
			t.Errorf("%s: the job that may write lacks %q", file, want)
		}
	}
}
