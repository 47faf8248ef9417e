package job_test

import (
	"testing"

	"keyless-runners/diagnose"
	"keyless-runners/rehearsal/job"
)

// wantDiagnosis wants an error that means one thing.
func wantDiagnosis(t *testing.T, failed job.Outcome, title string, link diagnose.Link) {
	t.Helper()
	found := diagnose.Explain(failed.Error)
	if len(found) != 1 || found[0].Title != title || found[0].Link != link {
		t.Errorf("%s: got %+v, want %q (link %q) alone", failed.Error, found, title, link)
	}
}
