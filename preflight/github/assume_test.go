package github_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// assumed are the roles that a job assumes, each with its session policies.
func assumed(job facts.Job) string {
	var lines []string
	for _, role := range job.Assumed {
		line := show(role.ARN)
		if role.Command {
			line += " by a command"
		}
		switch session := role.Session; {
		case session.Problem != nil:
			line += " within a policy that IAM refuses"
		case session.Unknown != "":
			line += " within ?(" + session.Unknown + ")"
		case session.There:
			line += fmt.Sprintf(" within %s", session.Policy.JSON())
		}
		for _, arn := range role.SessionPolicies {
			line += " and " + show(arn)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestRolesAreAssumedWithSessionPolicies(t *testing.T) {
	const (
		role   = "arn:aws:iam::111122223333:role/ci/pusher"
		policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}`
		shown  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}`
	)
	configure := func(with string) string {
		return steps("- uses: aws-actions/configure-aws-credentials@v6\n  with:\n    role-to-assume: " + role + "\n" + indented(with, 4))
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"none", configure("aws-region: us-east-1"), role},
		{"inline", configure("inline-session-policy: '" + policy + "'"), role + " within " + shown},
		{"inline over lines", configure("inline-session-policy: |\n  {\"Version\":\"2012-10-17\",\n  \"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}"), role + " within " + shown},
		{"empty", configure("inline-session-policy: ''"), role},
		{"no policy", configure("inline-session-policy: '{'"), role + " within a policy that IAM refuses"},
		{"an inline policy of a variable", configure("inline-session-policy: ${{ vars.POLICY }}"), role + " within ?(vars.POLICY is not in the files)"},
		{"managed", configure("managed-session-policies: |\n  arn:aws:iam::aws:policy/A\n  ${{ vars.B }}"), role + " and arn:aws:iam::aws:policy/A and ?(vars.B is not in the files)"},
		{"a command", steps("- run: aws sts assume-role --role-arn " + role + " --role-session-name x"), role + " by a command"},
		{"a command with policies", steps("- run: aws sts assume-role --role-arn " + role + " --policy '" + policy + "' --policy-arns arn=arn:aws:iam::aws:policy/A arn=arn:aws:iam::aws:policy/B --role-session-name x"),
			role + " by a command within " + shown + " and arn:aws:iam::aws:policy/A and arn:aws:iam::aws:policy/B"},
		{"a command in a substitution", steps("- run: CREDS=$(aws sts assume-role --role-arn $ROLE --policy file://p.json)"), "?($ROLE is not set in the workflow) by a command within ?(the session policy is in the file file://p.json)"},
		{"two", configure("aws-region: x") + "      - run: aws sts assume-role-with-web-identity --role-arn=" + role + "2\n", role + "\n" + role + "2 by a command"},
		{"another command", steps("- run: aws sts get-caller-identity"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := assumed(github.Read(parse(t, c.workflow), nil).Jobs[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// What comes behind a step that assumes a role has that: a login, and what asks for the account.
func TestLoginsAsAssumedRoles(t *testing.T) {
	const configure = "- uses: aws-actions/configure-aws-credentials@v6\n  id: aws\n  with: {role-to-assume: 'arn:aws:iam::444455556666:role/a', aws-region: us-east-1, role-external-id: x}\n"
	job := github.Read(parse(t, steps("- uses: aws-actions/amazon-ecr-login@v2\n"+indented(configure, 0)+
		"\n- uses: aws-actions/amazon-ecr-login@v2\n- if: github.ref == 'refs/heads/x'\n  uses: aws-actions/configure-aws-credentials@v6\n  with: {role-to-assume: b, aws-region: us-east-1}\n- uses: aws-actions/amazon-ecr-login@v2\n"+
		"- if: github.ref == 'refs/heads/x'\n  uses: aws-actions/amazon-ecr-login@v2\n- run: docker push ${{ steps.aws.outputs.aws-account-id }}.dkr.ecr.us-east-1.amazonaws.com/x\n")), nil).Jobs[0]
	var got []string
	for _, login := range job.Logins {
		line := fmt.Sprintf("login %d as ", login.Number)
		for as := login.As; as != nil; as = as.Before {
			line += show(as.ARN) + " " + show(as.ExternalID) + " from "
		}
		got = append(got, fmt.Sprint(line, "the runner ", login.Sometimes))
	}
	const first = "arn:aws:iam::444455556666:role/a x from the runner"
	want := []string{"login 1 as the runner false", "login 2 as " + first + " false", "login 3 as b - from " + first + " true", "login 4 as b - from " + first + " false"}
	if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if registry := show(job.Pushes[0].Registry); registry != "444455556666.dkr.ecr.us-east-1.amazonaws.com" {
		t.Errorf("pushes to %s", registry)
	}
}

func TestJobsMayAskGitHubForAToken(t *testing.T) {
	for workflow, want := range map[string]bool{
		"jobs: {a: {permissions: {id-token: write}}}":                                true,
		"permissions: {id-token: write}\njobs: {a: {runs-on: x}}":                    true,
		"permissions: write-all\njobs: {a: {runs-on: x}}":                            true,
		"jobs: {a: {permissions: {contents: read}}}":                                 false,
		"permissions: {id-token: write}\njobs: {a: {permissions: {contents: read}}}": false,
		"permissions: {id-token: none}\njobs: {a: {runs-on: x}}":                     false,
		"permissions: read-all\njobs: {a: {runs-on: x}}":                             false,
		"jobs: {a: {runs-on: x}}":                                                    false,
	} {
		if got := github.Read(parse(t, workflow), nil).Jobs[0].IDToken; got != want {
			t.Errorf("%s: got %v", workflow, got)
		}
	}
	for permissions, want := range map[string]bool{"": true, "permissions: {contents: read}": false} {
		callee := parse(t, "on: workflow_call\n"+permissions+"\njobs: {b: {runs-on: x, steps: []}}")
		caller := parse(t, "on: push\njobs: {a: {permissions: {id-token: write}, uses: ./b.yaml}}")
		job := github.Read(caller, func(string) *source.Node { return callee }).Jobs[0]
		if job.IDToken != want {
			t.Errorf("called with %q: got %v", permissions, job.IDToken)
		}
	}
}
