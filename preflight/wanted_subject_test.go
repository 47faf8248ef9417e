package preflight_test

import (
	"strings"
	"testing"
)

// A rendered workflow compares the token's subject with WANT_SUBJECT in its first step, and ends
// the job if it is another.
func TestSubjectThatAJobWants(t *testing.T) {
	for _, c := range []struct {
		name, variable string
		want           string
	}{
		{"the runner's", "WANT_SUBJECT: system:serviceaccount:runners:build", ""},
		{"another ServiceAccount's", "WANT_SUBJECT: system:serviceaccount:runners:builds", `error KR067: job "push" wants subject "system:serviceaccount:runners:builds", its runners are "system:serviceaccount:runners:build"`},
		{"another namespace's", "WANT_SUBJECT: system:serviceaccount:runner:build", `error KR067: job "push" wants subject "system:serviceaccount:runner:build", its runners are "system:serviceaccount:runners:build"`},
		{"no subject", "WANT_SUBJECT: build", ""},
		{"known only when the job runs", "WANT_SUBJECT: system:serviceaccount:runners:${{ vars.SA }}", ""},
		{"for something else", "DEPLOYER: system:serviceaccount:prod:deployer", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "workflow.yaml", "  AWS_REGION: us-east-1\n", "  AWS_REGION: us-east-1\n  "+c.variable+"\n")
			got, output := found(t, files)
			if strings.Contains(got, "KR067") != (c.want != "") || !strings.Contains(output, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, output)
			}
		})
	}
}
