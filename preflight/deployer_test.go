package preflight_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
)

// deployerTemplate is a role that GitHub's tokens get under a condition, with a policy and a boundary.
const deployerTemplate = `Resources:
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
        - Effect: Allow
          Principal: {Federated: arn:aws:iam::111122223333:oidc-provider/%s}
          Action: sts:AssumeRoleWithWebIdentity
          Condition: %s
      Policies:
      - PolicyName: deploy
        PolicyDocument:
          Version: "2012-10-17"
          Statement:
          - {Effect: Allow, Action: "sts:*", Resource: %s}
          - {Effect: Deny, Action: "sts:AssumeRole", Resource: "%s"}
`

func TestWhoDeploysFromGitHub(t *testing.T) {
	const (
		github  = "token.actions.githubusercontent.com"
		cdk     = "arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1"
		nothing = "arn:aws:iam::111122223333:role/none"
	)
	exactly := func(subject string) string {
		return fmt.Sprintf("{StringEquals: {%[1]s:aud: sts.amazonaws.com, %[1]s:sub: '%s'}}", github, subject)
	}
	like := func(subject string) string {
		return fmt.Sprintf("{StringEquals: {%[1]s:aud: sts.amazonaws.com}, StringLike: {%[1]s:sub: '%s'}}", github, subject)
	}
	const environment, immutable = "repo:octo-org/fleet:environment:production", "repo:octo-org@1/fleet@2:environment:production"
	for _, test := range []struct{ name, issuer, condition, allows, denies, want string }{
		{"one environment", github, exactly(environment), cdk, nothing, "KR187"},
		{"one environment, with numbers", github, exactly(immutable), cdk, nothing, "KR187"},
		{"one environment, by StringLike", github, like(environment), cdk, nothing, "KR187"},
		{"every job of a source repository", github, like("repo:octo-org/fleet:*"), cdk, nothing, "KR186"},
		{"every environment", github, like("repo:octo-org/fleet:environment:*"), cdk, nothing, "KR186"},
		{"every source repository of an organization", github, like("repo:octo-org/*"), cdk, nothing, "KR186"},
		{"everyone on GitHub", github, "{StringEquals: {" + github + ":aud: sts.amazonaws.com}}", cdk, nothing, "KR186"},
		{"pull requests", github, exactly("repo:octo-org/fleet:pull_request"), cdk, nothing, "KR186"},
		{"a job that another claim lets in", github, "{StringLike: {" + github + ":job_workflow_ref: '*'}}", cdk, nothing, "KR187"},
		{"a pattern of roles", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::*:role/cdk-*", nothing, "KR186"},
		{"another qualifier", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::111122223333:role/cdk-fleet-*", nothing, "KR186"},
		{"every role", github, like("repo:octo-org/fleet:*"), "'*'", nothing, "KR186"},
		{"every role but the CDK's of the account", github, like("repo:octo-org/fleet:*"), "'*'", "arn:aws:iam::111122223333:role/cdk-*", "KR187"},
		{"every role but the CDK's", github, like("repo:octo-org/fleet:*"), "'*'", "arn:aws:iam::*:role/cdk-*", ""},
		{"the role that looks up", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::*:role/cdk-*-lookup-role-*", nothing, ""},
		{"every role of the CDK's in one region", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::111122223333:role/cdk-hnb659fds-*-111122223333-us-*", nothing, "KR186"},
		{"the role that publishes files", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::111122223333:role/cdk-hnb659fds-file-publishing-role-111122223333-us-east-1", nothing, ""},
		{"a role of the CDK's, on a condition of the request", github, like("repo:octo-org/fleet:*"), cdk + ", Condition: {IpAddress: {aws:SourceIp: 192.0.2.0/24}}", nothing, "KR187"},
		{"another account's", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::444455556666:role/cdk-*", nothing, "KR187"},
		{"the one that publishes files, of another account", github, like("repo:octo-org/fleet:*"), "arn:aws:iam::444455556666:role/cdk-*-file-publishing-role-*", nothing, ""},
		{"another issuer", "gitlab.example.com", "{StringLike: {'gitlab.example.com:sub': '*'}}", cdk, nothing, ""},
	} {
		got := deployersIn(t, fmt.Sprintf(deployerTemplate, test.issuer, test.condition, test.allows, test.denies))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A policy that is not among the files may allow anything, which is reported as that.
func TestWhatIsNotKnownToDeployIsNotSaidTo(t *testing.T) {
	text, _, _ := strings.Cut(fmt.Sprintf(deployerTemplate, "token.actions.githubusercontent.com", "{}", "", ""), "      Policies:")
	if got := deployersIn(t, text+"      ManagedPolicyArns: [arn:aws:iam::111122223333:policy/other]\n"); got != "" {
		t.Errorf("got %s", got)
	}
}

// deployersIn are the ids of the findings about who deploys, of a template.
func deployersIn(t *testing.T, template string) (ids string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "deploy.yaml")
	if err := os.WriteFile(file, []byte(template), 0o644); err != nil {
		t.Fatal(err)
	}
	facts, _, err := preflight.Read(preflight.Input{Paths: []string{file}})
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range preflight.Check(facts).Findings {
		if id := finding.Kind.ID; id == "KR186" || id == "KR187" {
			ids += id
		}
	}
	return ids
}
