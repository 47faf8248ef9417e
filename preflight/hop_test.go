package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// TestRolesThatJobsAssume has the job of the good chain push as another role, which the role
// of its runner's Pod assumes.
func TestRolesThatJobsAssume(t *testing.T) {
	const own = "arn:aws:iam::111122223333:role/runners/build"
	trust := func(principal, actions, condition string) string {
		return "        - {Effect: Allow, Principal: {AWS: '" + principal + "'}, Action: [" + actions + "]" + condition + "}\n"
	}
	const both = "'sts:AssumeRole', 'sts:TagSession'"
	role := func(name, trust string) string {
		return "  " + name + ":\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: " + strings.ToLower(name) +
			"\n      ManagedPolicyArns: [!Ref Push]\n      AssumeRolePolicyDocument:\n        Version: 2012-10-17\n        Statement:\n" + trust
	}
	release := func(trust string) edit {
		return edit{"template.yaml", "Outputs:\n", role("Release", trust) + "Outputs:\n"}
	}
	whole := release(trust(own, both, ""))
	github := func(operator, subject string) string {
		return "        - {Effect: Allow, Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'}, " +
			"Action: 'sts:AssumeRoleWithWebIdentity', Condition: {" + operator + ": {'token.actions.githubusercontent.com:sub': '" + subject + "'}}}\n"
	}
	fromGitHub := func(subject string) edit { return release(github("StringEquals", subject)) }
	provider := edit{"template.yaml", "  Provider:\n", "  GitHub:\n    Type: AWS::IAM::OIDCProvider\n    Properties: {Url: 'https://token.actions.githubusercontent.com', ClientIdList: [sts.amazonaws.com]}\n  Provider:\n"}
	noRole := edit{"runner.yaml", "  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n", ""}
	identity := edit{"template.yaml", "      Path: /runners/\n", "      Path: /runners/\n      Policies:\n      - PolicyName: release\n        PolicyDocument:\n          Version: 2012-10-17\n          Statement:\n" +
		"          - {Effect: Allow, Action: [" + both + "], Resource: 'arn:aws:iam::111122223333:role/release'}\n"}
	configure := func(more string) string {
		return "    - uses: aws-actions/configure-aws-credentials@v6\n" + more + "      with:\n        aws-region: us-east-1\n        role-to-assume: arn:aws:iam::111122223333:role/release\n"
	}
	hosted := edit{"workflow.yaml", "runs-on: [self-hosted, push-my-app]", "runs-on: ubuntu-latest"}
	const login = "    - id: login\n"
	first := func(step string) edit { return edit{"workflow.yaml", login, step + login} }
	const condition = "      if: github.ref == 'refs/heads/main'\n"
	for _, c := range []struct {
		name  string
		edits []edit
		want  []string
		text  string
	}{
		{"both sides agree", []edit{whole, first(configure(""))}, []string{}, "and no one else can"},
		{"by its name", []edit{whole, first(strings.Replace(configure(""), "arn:aws:iam::111122223333:role/", "", 1))}, []string{}, ""},
		{"the account is trusted, and more of it", []edit{release(trust("arn:aws:iam::111122223333:root", both, "")), identity, first(configure(""))}, []string{"KR074"}, ""},
		{"the account is trusted for the role", []edit{release(trust("arn:aws:iam::111122223333:root", both, ", Condition: {ArnEquals: {'aws:PrincipalArn': '"+own+"'}}")), identity, first(configure(""))}, []string{}, ""},
		{"the account is trusted, and the role may not", []edit{release(trust("arn:aws:iam::111122223333:root", both, ", Condition: {ArnEquals: {'aws:PrincipalArn': '"+own+"'}}")), first(configure(""))}, []string{"KR180"}, "its own policies do not allow that"},
		{"another role is trusted", []edit{release(trust("arn:aws:iam::111122223333:role/other", both, "")), identity, first(configure(""))}, []string{"KR077", "KR180"}, ""},
		{"no tags are allowed", []edit{release(trust(own, "'sts:AssumeRole'", "")), first(configure(""))}, []string{"KR180"}, `want "sts:TagSession"`},
		{"no tags are allowed nor asked for", []edit{release(trust(own, "'sts:AssumeRole'", "")), first(configure("") + "        role-skip-session-tagging: true\n")}, []string{}, ""},
		{"an external id", []edit{release(trust(own, both, ", Condition: {StringEquals: {'sts:ExternalId': shop}}")), first(configure("") + "        role-external-id: shop\n")}, []string{}, ""},
		{"another external id", []edit{release(trust(own, both, ", Condition: {StringEquals: {'sts:ExternalId': shop}}")), first(configure("") + "        role-external-id: other\n")}, []string{"KR180"}, ""},
		{"no external id", []edit{release(trust(own, both, ", Condition: {StringEquals: {'sts:ExternalId': shop}}")), first(configure(""))}, []string{"KR180"}, ""},
		{"a tag of the source repository", []edit{release(trust(own, both, ", Condition: {StringEquals: {'aws:RequestTag/Repository': octo-org/my-app}}")), first(configure(""))}, []string{}, ""},
		{"a tag of another", []edit{release(trust(own, both, ", Condition: {StringEquals: {'aws:RequestTag/Repository': octo-org/other}}")), first(configure(""))}, []string{"KR180"}, ""},
		{"a tag that only the run has", []edit{release(trust(own, both, ", Condition: {StringEquals: {'aws:RequestTag/Branch': refs/heads/main}}")), first(configure(""))}, []string{"KR134"}, ""},
		{"it may not push", []edit{{"template.yaml", "Outputs:\n", strings.Replace(role("Release", trust(own, both, "")), "      ManagedPolicyArns: [!Ref Push]\n", "", 1) + "Outputs:\n"}, first(configure(""))}, []string{"KR050"}, `role "arn:aws:iam::111122223333:role/release" may not`},
		{"the role is not there", []edit{first(configure(""))}, []string{"KR134"}, "the role is not among the files"},
		{"the role is not known", []edit{whole, first(strings.Replace(configure(""), "arn:aws:iam::111122223333:role/release", "${{ vars.ROLE }}", 1))}, []string{"KR134", "KR063"}, "goes on to take a role that is not known: vars.ROLE is not in the files"},
		{"after a login of the runner's", []edit{whole, first("    - uses: aws-actions/amazon-ecr-login@v2\n" + configure(""))}, []string{}, ""},
		{"before a login on a condition", []edit{whole, {"workflow.yaml", "- id: login\n", "- id: login\n" + condition},
			{"workflow.yaml", "    - uses: actions/checkout@v6\n", "    - uses: actions/checkout@v6\n    - uses: aws-actions/amazon-ecr-login@v2\n" + configure("")}}, []string{"KR134"}, "not in every run that pushes"},
		{"on a condition", []edit{whole, first(configure(condition))}, []string{"KR134"}, "not in every run that pushes"},
		{"one role or another", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust(own, both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(condition), "release", "middle", 1) + configure("      if: github.ref == 'refs/heads/dev'\n"))}, []string{"KR134"}, "the role of another step, which not every run has"},
		{"all on one condition", []edit{whole, {"workflow.yaml", "- id: login\n", "- id: login\n" + condition}, {"workflow.yaml", "    - env:\n", "    - if: github.ref == 'refs/heads/main'\n      env:\n"}, {"workflow.yaml", "    - uses: actions/checkout@v6\n", configure(condition)}}, []string{}, ""},
		{"behind the push", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker push \"$IMAGE\"\n" + configure("")}}, []string{}, ""},
		{"by a script", []edit{whole, first("    - run: aws sts assume-role --role-arn arn:aws:iam::111122223333:role/release --role-session-name x >> key\n")}, []string{"KR134"}, "what the script does with the credentials is not followed"},
		{"where it may keep what it has", []edit{whole, first(configure("") + "        use-existing-credentials: true\n")}, []string{"KR134"}, "use-existing-credentials"},
		{"for no later step", []edit{whole, first(configure("") + "        output-env-credentials: false\n")}, []string{"KR134"}, "output-env-credentials"},
		{"with inputs that change nothing", []edit{whole, first(configure("") + "        output-env-credentials: true\n        use-existing-credentials: false\n")}, []string{}, ""},
		{"with a token of a file", []edit{whole, first(configure("") + "        web-identity-token-file: token\n")}, []string{"KR134"}, "a token of a file"},
		{"of its own with the Pod's token", []edit{first("    - uses: aws-actions/configure-aws-credentials@v6\n      with:\n        aws-region: us-east-1\n        role-to-assume: arn:aws:iam::111122223333:role/runners/build\n        web-identity-token-file: /var/run/secrets/eks.amazonaws.com/serviceaccount/token\n")}, []string{}, "and no one else can"},
		{"of its own with the Pod's token, for longer", []edit{first("    - uses: aws-actions/configure-aws-credentials@v6\n      with:\n        aws-region: us-east-1\n        role-to-assume: arn:aws:iam::111122223333:role/runners/build\n        web-identity-token-file: /var/run/secrets/eks.amazonaws.com/serviceaccount/token\n        role-duration-seconds: 7200\n")}, []string{"KR134"}, "a token of a file"},
		{"with the Pod's token", []edit{whole, first(configure("") + "        web-identity-token-file: /var/run/secrets/eks.amazonaws.com/serviceaccount/token\n")}, []string{"KR134"}, "a token of a file"},
		{"for too long", []edit{whole, first(configure("") + "        role-duration-seconds: 7200\n")}, []string{"KR183"}, ""},
		{"within a session policy", []edit{whole, first(configure("") + "        managed-session-policies: arn:aws:iam::aws:policy/A\n")}, []string{"KR134"}, "with a session policy"},
		{"over another role", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust("arn:aws:iam::111122223333:role/middle", both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(""), "release", "middle", 1) + configure(""))}, []string{}, "and no one else can"},
		{"over a role that is not trusted", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust(own, both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(""), "release", "middle", 1) + configure(""))}, []string{"KR180"}, `does not let role "arn:aws:iam::111122223333:role/middle" take the role`},
		{"behind a role whose credentials it takes away", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust(own, both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(""), "release", "middle", 1) + configure("") + "        unset-current-credentials: true\n")}, []string{}, "proved: 1 runner"},
		{"behind a role whose credentials it may take away", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust(own, both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(""), "release", "middle", 1) + configure("") + "        unset-current-credentials: ${{ vars.UNSET }}\n")}, []string{"KR134"}, "unset-current-credentials"},
		{"behind a role, by a version that takes no credentials away", []edit{{"template.yaml", "Outputs:\n", role("Middle", trust(own, both, "")) + role("Release", trust(own, both, "")) + "Outputs:\n"},
			first(strings.Replace(configure(""), "release", "middle", 1) + strings.Replace(configure(""), "@v6", "@v3", 1) + "        unset-current-credentials: true\n")}, []string{"KR180"}, ""},
		{"with GitHub's token", []edit{whole, first(configure("")), {"workflow.yaml", "on: push\n", "on: push\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "does not trust GitHub"},
		{"with GitHub's token, which is trusted", []edit{release(trust(own, both, "") + "        - {Effect: Allow, Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'}, Action: 'sts:AssumeRoleWithWebIdentity'}\n"),
			first(configure("")), {"workflow.yaml", "on: push\n", "on: push\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "fix: take the permission out, or set role-chaining to true, so that it takes the role with that of the runner's Pod"},
		{"with GitHub's token, whose subject is another branch's", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/release"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main, dev]}, pull_request: }\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "subject \"repo:octo-org/my-app:ref:refs/heads/main\""},
		{"with GitHub's token, whose subject is another branch's, in a workflow that a tool wrote", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/release"), first(configure("")), {"workflow.yaml", "on: push\n", "true: {push: {branches: [main, dev]}, pull_request: }\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "subject \"repo:octo-org/my-app:ref:refs/heads/main\""},
		{"with GitHub's token, whose subject is one of two branches'", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/dev"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main, dev]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose subjects are all trusted", []edit{release(github("StringLike", "repo:octo-org/my-app:*")), provider, first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}, pull_request: }\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"},
			`whether the token has the subject that the role lets in ("repo:octo-org/my-app:ref:refs/heads/main", "repo:octo-org/my-app:pull_request") is a setting of the source repository`},
		{"with GitHub's token, for a role that may not push", []edit{{"template.yaml", "Outputs:\n", strings.Replace(role("Release", github("StringEquals", "repo:octo-org/my-app:ref:refs/heads/main")), "      ManagedPolicyArns: [!Ref Push]\n", "", 1) + "Outputs:\n"}, first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}},
			[]string{"KR050", "KR134"}, `role "arn:aws:iam::111122223333:role/release" may not`},
		{"with GitHub's token, on a runner without a role", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/main"), provider, first(configure("")), noRole, {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"},
			"for its runner has none, and whether the token has the subject that the role lets in (\"repo:octo-org/my-app:ref:refs/heads/main\") is a setting of the source repository\n    fix: waive this if \"gh api repos/octo-org/my-app/actions/oidc/customization/sub\" shows that form"},
		{"with GitHub's token, on a runner without a role, and no provider is among the files", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/main"), first(configure("")), noRole, {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "for its runner has none, and whether it may is not looked at"},
		{"with GitHub's token, on a runner without a role, and the role is not there", []edit{first(configure("")), noRole, {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "for its runner has none, and whether it may is not known: the role is not among the files"},
		{"with GitHub's token, on a runner without a role, behind the login", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/main"), provider, {"workflow.yaml", "    - env:\n", configure("") + "    - env:\n"}, noRole, {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR020", "KR134"}, ""},
		{"with GitHub's token, on a runner without a role, for another branch", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/dev"), first(configure("")), noRole, {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants \"repo:octo-org/my-app:ref:refs/heads/dev\""},
		{"with GitHub's token, whose branch is a pattern", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: ['release/*']}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose branch is any", []edit{fromGitHub("repo:octo-org/my-app:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: push\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose subject is not the default one", []edit{fromGitHub("repo:octo-org/my-app"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose source repository has another case", []edit{fromGitHub("repo:Octo-Org/my-app:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose trusted subject has no claim's name before the branch", []edit{fromGitHub("repo:octo-org/my-app:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants"},
		{"with GitHub's token, whose trusted subject has no branch's whole name", []edit{fromGitHub("repo:octo-org/my-app:ref:main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants"},
		{"with GitHub's token, whose trusted subject begins with no claim's name", []edit{fromGitHub("octo-org/my-app:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants"},
		{"with GitHub's token, whose trusted subject is an address", []edit{fromGitHub("https://github.com/octo-org/my-app:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants"},
		{"with GitHub's token, whose trusted subject has another claim", []edit{fromGitHub("repo:octo-org/my-app:workflow:push"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose trusted subject is of pull requests, in capital letters", []edit{fromGitHub("repo:Octo-Org/my-app:pull_request"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR134"}, "not looked at"},
		{"with GitHub's token, whose source repository is another", []edit{fromGitHub("repo:octo-org/other:ref:refs/heads/main"), first(configure("")), {"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\npermissions: {contents: read, id-token: write}\n"}}, []string{"KR182"}, "wants"},
		{"on a runner of GitHub's", []edit{whole, first(configure("")), hosted}, []string{"KR182"}, "runs on a runner that GitHub hosts, and takes role \"arn:aws:iam::111122223333:role/release\" with GitHub's token"},
		{"on a runner of GitHub's, which is trusted", []edit{release(trust(own, both, "") + "        - {Effect: Allow, Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'}, Action: 'sts:AssumeRoleWithWebIdentity'}\n"),
			first(configure("")), hosted}, []string{}, "every token of token.actions.githubusercontent.com"},
		{"through a VPC endpoint that allows tokens alone", []edit{whole, first(configure("")), {"template.yaml", "Resources:\n", "Resources:\n  Endpoint:\n    Type: AWS::EC2::VPCEndpoint\n    Properties: {VpcId: vpc-1, ServiceName: com.amazonaws.us-east-1.sts, " +
			"PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*'}}}\n"}}, []string{"KR134"}, `the policy of VPC endpoint "Endpoint" does not allow it`},
		{"with role-chaining", []edit{whole, first(configure("") + "        role-chaining: true\n"), {"workflow.yaml", "on: push\n", "on: push\npermissions: {contents: read, id-token: write}\n"}}, []string{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, text := ids(t, c.edits, nil); !cmp.Equal(got, c.want) || !strings.Contains(text, c.text) {
				t.Errorf("got %q, want %q and %q\n%s", got, c.want, c.text, text)
			}
		})
	}
}

// A job that assumes a role of another account logs in to the registry of that account.
func TestRoleOfAnotherAccount(t *testing.T) {
	const account = `{"RoleDetailList": [{"RoleName": "release", "Path": "/", "Arn": "arn:aws:iam::444455556666:role/release",
"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": {"AWS": "arn:aws:iam::111122223333:role/runners/build"}}]},
"RolePolicyList": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
{"Effect": "Allow", "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
"Resource": "arn:aws:ecr:us-east-1:444455556666:repository/my-app"}]}}], "AttachedManagedPolicies": []}], "UserDetailList": [], "GroupDetailList": [], "Policies": []}`
	const repositories = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:444455556666:repository/my-app", "registryId": "444455556666", "repositoryName": "my-app",
"repositoryUri": "444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app", "imageTagMutability": "IMMUTABLE"}]}`
	configure := edit{"workflow.yaml", "    - id: login\n", "    - uses: aws-actions/configure-aws-credentials@v6\n      with: {aws-region: us-east-1, role-to-assume: 'arn:aws:iam::444455556666:role/release'}\n    - id: login\n"}
	policy := func(statement string) edit {
		return edit{"template.yaml", "      Path: /runners/\n", "      Path: /runners/\n      Policies:\n      - PolicyName: release\n        PolicyDocument:\n          Version: 2012-10-17\n          Statement:\n" + statement}
	}
	for _, c := range []struct {
		name  string
		edits []edit
		want  []string
		text  string
	}{
		{"allowed on both sides", []edit{configure, policy("          - {Effect: Allow, Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: 'arn:aws:iam::444455556666:role/release'}\n")}, []string{},
			"444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app"},
		{"allowed by the other account alone", []edit{configure}, []string{"KR180"}, "its own policies do not allow that"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, text := ids(t, c.edits, map[string]string{"account.json": account, "repositories.json": repositories}); !cmp.Equal(got, c.want) || !strings.Contains(text, c.text) {
				t.Errorf("got %q, want %q and %q\n%s", got, c.want, c.text, text)
			}
		})
	}
}

// Anyone who can take the role of a runner comes to the role that a job of it assumes, and is
// reported once.
func TestOthersComeToAnAssumedRole(t *testing.T) {
	const release = `  Release:
    Type: AWS::IAM::Role
    Properties:
      RoleName: release
      ManagedPolicyArns: [!Ref Push]
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
        - {Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/build'}, Action: ['sts:AssumeRole', 'sts:TagSession']}
`
	files := readGood(t)
	files["template.yaml"] = strings.NewReplacer("Outputs:\n", release+"Outputs:\n", "StringEquals:", "StringLike:", "runners:build\n", "'runners:*'\n").Replace(files["template.yaml"])
	files["template.yaml"] = strings.Replace(files["template.yaml"], "system:serviceaccount:'runners:*'", "'system:serviceaccount:runners:*'", 1)
	files["workflow.yaml"] = strings.Replace(files["workflow.yaml"], "    - id: login\n",
		"    - uses: aws-actions/configure-aws-credentials@v6\n      with: {aws-region: us-east-1, role-to-assume: 'arn:aws:iam::111122223333:role/release'}\n    - id: login\n", 1)
	write(t, files)
	found, text := check(t, cloudformation.Settings{})
	var got []string
	for _, finding := range found.Findings {
		got = append(got, finding.Kind.ID)
	}
	for _, row := range found.Access {
		if row.Role == "arn:aws:iam::111122223333:role/release" {
			who, _, _ := strings.Cut(row.Who, " of oidc.")
			got = append(got, who)
		}
	}
	want := []string{"KR070", `every ServiceAccount of namespace "runners"`, "system:serviceaccount:runners:build"}
	if !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q\n%s", got, want, text)
	}
}
