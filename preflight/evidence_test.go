package preflight_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// edit replaces a text that a file of the good chain has once.
type edit struct{ file, old, new string }

// The image of the good chain's runner, of which nothing is known, and one that is public; published has the runner use
// that.
const (
	ownImage    = "      image: ghcr.io/octo-org/runner:2.337.0\n"
	legacyImage = "      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04\n"
)

var published = edit{"runner.yaml", ownImage, legacyImage}

// onScaleSet has jobs run in a scale set of GitHub's image, with more of its Pod.
func onScaleSet(pod string) []edit {
	return []edit{
		{"runner.yaml", "actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment", "actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet"},
		{"runner.yaml", "      repository: octo-org/my-app\n      labels: [push-my-app]\n      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04\n", ""},
		{"runner.yaml", "      env:\n      - name: AWS_EC2_METADATA_DISABLED\n        value: \"true\"\n", "      restartPolicy: Never\n      containers:\n      - name: runner\n        image: ghcr.io/actions/actions-runner:2.337.0\n        command: [/home/runner/run.sh]\n" +
			"        env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}]\n" + pod},
		{"runner.yaml", "  namespace: runners\nspec:\n", "  namespace: runners\n  labels: {app.kubernetes.io/version: 0.14.2}\nspec:\n  githubConfigUrl: https://github.com/octo-org/my-app\n  githubConfigSecret: github-app\n"},
		{"workflow.yaml", "[self-hosted, push-my-app]", "build"},
	}
}

// ids are the findings of the good chain after the edits, with new files beside it.
func ids(t *testing.T, edits []edit, more map[string]string) ([]string, string) {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"template.yaml", "runner.yaml", "workflow.yaml"} {
		content, err := os.ReadFile(filepath.Join("testdata/good", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	for _, e := range edits {
		if strings.Count(files[e.file], e.old) != 1 {
			t.Fatalf("%s has %q more or less than once", e.file, e.old)
		}
		files[e.file] = strings.Replace(files[e.file], e.old, e.new, 1)
	}
	for name, content := range more {
		files[name] = content
	}
	write(t, files)
	return foundIDs(t)
}

// foundIDs are the findings of the folder.
func foundIDs(t *testing.T) ([]string, string) {
	t.Helper()
	found, text := check(t, cloudformation.Settings{})
	got := []string{}
	for _, finding := range found.Findings {
		got = append(got, finding.Kind.ID)
	}
	return slices.Compact(got), text
}

const (
	pushStatement  = "          Resource: arn:aws:ecr:us-east-1:111122223333:repository/my-app\n"
	trustCondition = "          Condition:\n            StringEquals:\n"
	exactSubject   = "              oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub: system:serviceaccount:runners:build\n"
)

// A condition on what only a request has is neither held nor broken, but for what is
// known of every request that the runner makes.
func TestConditionsOnTheRequest(t *testing.T) {
	deny := func(condition string) edit {
		return edit{"template.yaml", pushStatement, pushStatement +
			"        - Effect: Deny\n          Action: ecr:*\n          Resource: '*'\n          Condition: " + condition + "\n"}
	}
	allow := func(condition string) edit {
		return edit{"template.yaml", pushStatement, pushStatement + "          Condition: " + condition + "\n"}
	}
	for _, test := range []struct {
		name string
		edit edit
		want []string
	}{
		{"denied elsewhere", deny("{StringNotEquals: {aws:RequestedRegion: us-east-1}}"), []string{}},
		{"denied elsewhere, if there is a region", deny("{StringNotEqualsIfExists: {ecr:ResourceTag/team: a}}"), []string{"KR050", "KR132"}},
		{"denied without TLS", deny("{Bool: {aws:SecureTransport: 'false'}}"), []string{}},
		{"denied to others", deny("{ArnNotLike: {aws:PrincipalArn: 'arn:aws:iam::*:role/runners/*'}}"), []string{}},
		{"denied to it", deny("{ArnLike: {aws:PrincipalArn: 'arn:aws:iam::*:role/runners/*'}}"), []string{"KR050"}},
		{"allowed here", allow("{StringEquals: {aws:RequestedRegion: us-east-1}}"), []string{}},
		{"allowed elsewhere", allow("{StringEquals: {aws:RequestedRegion: eu-west-1}}"), []string{"KR050"}},
		{"allowed from somewhere", allow("{IpAddress: {aws:SourceIp: 10.0.0.0/8}}"), []string{"KR132"}},
		{"allowed by a tag", edit{"template.yaml", pushStatement, strings.Replace(pushStatement, "my-app", "${aws:PrincipalTag/app}", 1)}, []string{"KR132"}},
		{"trusted from somewhere", edit{"template.yaml", trustCondition, "          Condition:\n            IpAddress: {aws:SourceIp: 10.0.0.0/8}\n            StringEquals:\n"}, []string{"KR130"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{test.edit}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Whoever is let in by a policy is found, however the policy says it.
func TestStrangersAreFound(t *testing.T) {
	const key = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub"
	subject := func(condition string) []edit {
		return []edit{{"template.yaml", exactSubject, "            " + condition + "\n"}}
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"a namespace", subject("StringLike: {" + key + ": 'system:serviceaccount:runners:*'}"), []string{"KR070"}, `every ServiceAccount of namespace "runners" can take role`},
		{"all namespaces", subject("StringLike: {" + key + ": '*'}"), []string{"KR070"}, "every ServiceAccount can take role"},
		{"one name everywhere", subject("StringLike: {" + key + ": 'system:serviceaccount:*:build'}"), []string{"KR070"}, `ServiceAccount "build" of every namespace can take role`},
		{"names that begin alike", subject("StringLike: {" + key + ": 'system:serviceaccount:runners:b*'}"), []string{"KR070"}, `every ServiceAccount with a subject like "system:serviceaccount:runners:b*" can take role`},
		{"all but one", subject("StringNotEquals: {" + key + ": 'system:serviceaccount:x:y'}"), []string{"KR070"}, "every ServiceAccount but x/y can take role"},
		{"whoever has no subject", subject("StringLikeIfExists: {" + key + ": '*'}"), []string{"KR070"}, "every ServiceAccount can take role"},
		{"no subject", []edit{{"template.yaml", exactSubject, ""}}, []string{"KR070"}, "every ServiceAccount can take role"},
		{"a second subject", subject("  " + key + ": ['system:serviceaccount:runners:build', 'system:serviceaccount:runners:deploy']"), []string{"KR071"}, `also trusts "system:serviceaccount:runners:deploy"`},
		{"a pattern for one", subject("StringLike: {" + key + ": 'system:serviceaccount:runners:build'}"), []string{}, "no one else can"},
		{"two patterns that let in one", subject("StringLike: {" + key + ": 'system:serviceaccount:runners:*'}\n            StringLikeIfExists: {" + key + ": '*:build'}"), []string{}, "no one else can"},
		{"two patterns that let in more", subject("StringLike: {" + key + ": 'system:serviceaccount:runners*:*'}\n            StringLikeIfExists: {" + key + ": '*:build'}"), []string{"KR070"}, `every ServiceAccount with a subject like "system:serviceaccount:runners*:*" and "*:build" can take role`},
		{"two patterns of which one excludes", subject("StringLike: {" + key + ": 'system:serviceaccount:runners:b*'}\n            StringNotLike: {" + key + ": '*:b??*'}"), []string{"KR070", "KR040"}, `every ServiceAccount with a subject like "system:serviceaccount:runners:b*" but those with a subject like "*:b??*" can take role`},
		{"strangers from somewhere", subject("StringLike: {" + key + ": '*'}\n            IpAddress: {aws:SourceIp: 10.0.0.0/8}"), []string{"KR130", "KR131"}, "whether every ServiceAccount can take role"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}

// Who else can push, whatever it is by, is found or said to be unknown: the verdict
// does not say that no one else can.
func TestOthersWhoPushAreNotPassedOver(t *testing.T) {
	statement := func(provider, condition string) edit {
		return edit{"template.yaml", "Outputs:\n", "        - Effect: Allow\n          Principal:\n            Federated: arn:aws:iam::111122223333:oidc-provider/" + provider +
			"\n          Action: sts:AssumeRoleWithWebIdentity\n          Condition: " + condition + "\nOutputs:\n"}
	}
	resource := func(text string) edit { return edit{"template.yaml", "Resources:\n", "Resources:\n" + text} }
	policyOf := func(statement string) edit {
		return edit{"template.yaml", "      RepositoryName: my-app\n", "      RepositoryName: my-app\n      RepositoryPolicyText: {Version: 2012-10-17, Statement: " + statement + "}\n"}
	}
	const pushesAll = "PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: 'ecr:*', Resource: '*'}}"
	const other = "  Other:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: other\n" +
		"      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}}\n"
	for _, test := range []struct {
		name string
		edit edit
		want []string
	}{
		{"GitLab's tokens", statement("gitlab.com", "{StringEquals: {'gitlab.com:aud': 'https://gitlab.com'}, StringLike: {'gitlab.com:sub': 'project_path:*'}}"), []string{"KR072", "KR070"}},
		{"GitHub's tokens by another claim", statement("token.actions.githubusercontent.com", "{StringLike: {'token.actions.githubusercontent.com:job_workflow_ref': '*'}}"), []string{"KR072", "KR131"}},
		{"a user", resource("  Bob:\n    Type: AWS::IAM::User\n    Properties: {Policies: [{PolicyName: p, " + pushesAll + "}]}\n"), []string{"KR184"}},
		{"a user by the policy of EC2 Image Builder", resource("  Bob:\n    Type: AWS::IAM::User\n    Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/EC2InstanceProfileForImageBuilderECRContainerBuilds']}\n"), []string{"KR184"}},
		{"a user by a managed policy", resource("  Bob:\n    Type: AWS::IAM::User\n    Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser']}\n"), []string{"KR184"}},
		{"a user whose policy is imported", resource("  Bob:\n    Type: AWS::IAM::User\n    Properties: {ManagedPolicyArns: [!ImportValue p]}\n"), []string{"KR059"}},
		{"a group", resource("  Dev:\n    Type: AWS::IAM::Group\n    Properties: {GroupName: dev, Policies: [{PolicyName: p, " + pushesAll + "}]}\n"), []string{"KR184"}},
		{"a policy of a user elsewhere", resource("  P:\n    Type: AWS::IAM::UserPolicy\n    Properties: {UserName: bob, PolicyName: p, " + pushesAll + "}\n"), []string{"KR184"}},
		{"a policy of a group elsewhere", resource("  P:\n    Type: AWS::IAM::GroupPolicy\n    Properties: {GroupName: dev, PolicyName: p, " + pushesAll + "}\n"), []string{"KR184"}},
		{"a managed policy of users and groups elsewhere", resource("  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {Users: [bob], Groups: [dev], " + pushesAll + "}\n"), []string{"KR184"}},
		{"a nested stack", resource("  More:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: 'https://example.com/a'}\n"), []string{"KR059"}},
		{"a stack set", resource("  More:\n    Type: AWS::CloudFormation::StackSet\n    Properties: {TemplateURL: 'https://example.com/a'}\n"), []string{"KR059"}},
		{"a role whose policy is imported", resource(other + "      ManagedPolicyArns: [!ImportValue p]\n"), []string{"KR059"}},
		{"a policy of a role that is imported", resource("  More:\n    Type: AWS::IAM::Policy\n    Properties: {PolicyName: p, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: 'ecr:*', Resource: '*'}}, Roles: [!ImportValue r]}\n"), []string{"KR002"}},
		{"everybody of an organization", policyOf("{Effect: Allow, Principal: '*', Action: 'ecr:*', Condition: {StringEquals: {'aws:PrincipalOrgID': o-1}}}"), []string{"KR057"}},
		{"an account", policyOf("{Effect: Allow, Principal: {AWS: '444455556666'}, Action: 'ecr:PutImage'}"), []string{"KR057"}},
		{"a denial that depends on the request", policyOf("{Effect: Deny, Principal: '*', Action: 'ecr:PutImage', Condition: {StringNotEquals: {'aws:SourceVpce': vpce-1}}}"), []string{"KR132"}},
		{"a denial of one resource of two", edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Allow, Action: 'ecr:DeleteRepository', Resource: ['arn:aws:ecr:us-east-1:111122223333:repository/old', 'arn:aws:ecr:us-east-1:111122223333:repository/my-app']}\n" +
			"        - {Effect: Deny, Action: 'ecr:DeleteRepository', Resource: 'arn:aws:ecr:us-east-1:111122223333:repository/old'}\n"}, []string{"KR077"}},
		{"an action of EC2 that ECR has too", edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Allow, Action: ['ec2:DescribeImages', 'ecs:TagResource'], Resource: '*'}\n"}, []string{"KR077"}},
		{"an action of a service that there is not", edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Allow, Action: 'ect:DescribeImages', Resource: '*'}\n"}, []string{"KR006"}},
		{"a bucket, whose ARN has no account", edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Allow, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*'}\n"}, []string{"KR077"}},
		{"a role of another account", edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Allow, Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::444455556666:role/admin'}\n"}, []string{"KR077"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, []edit{test.edit}, nil)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(test.want))
			if !cmp.Equal(slices.Compact(got), want) || strings.Contains(text, "no one else can") {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}

// A job with its own identity is another chain.
func TestHostedJobsAreLeftAlone(t *testing.T) {
	got, text := ids(t, nil, map[string]string{"deploy.yaml": `name: Deploy
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    permissions: {contents: read, id-token: write}
    steps:
    - uses: aws-actions/configure-aws-credentials@v5
      with: {role-to-assume: arn:aws:iam::111122223333:role/deploy, aws-region: us-east-1}
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker pull 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:main
`})
	if len(got) > 0 {
		t.Errorf("got %q\n%s", got, text)
	}
}

// The role's own policies, its boundary and the image repository's policy count
// together.
func TestPoliciesCountTogether(t *testing.T) {
	boundary := func(actions string) []edit {
		return []edit{
			{"template.yaml", "      Path: /runners/\n", "      Path: /runners/\n      PermissionsBoundary: arn:aws:iam::111122223333:policy/boundary\n"},
			{"template.yaml", "  Role:\n", "  Boundary:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      ManagedPolicyName: boundary\n" +
				"      PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: " + actions + ", Resource: '*'}}\n  Role:\n"},
		}
	}
	// One action is left to the image repository's policy alone.
	lessOne := edit{"template.yaml", "          - ecr:PutImage\n", ""}
	unnamed := func(actions string) []edit {
		edits := boundary(actions)
		edits[0].new = "      Path: /runners/\n      PermissionsBoundary: !Ref Boundary\n"
		edits[1].new = strings.Replace(edits[1].new, "      ManagedPolicyName: boundary\n", "", 1)
		return edits
	}
	repository := func(statement string) []edit {
		return []edit{{"template.yaml", "      RepositoryName: my-app\n", "      RepositoryName: my-app\n      RepositoryPolicyText: {Version: 2012-10-17, Statement: " + statement + "}\n"}}
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"a managed policy of the language's first version", []edit{{"template.yaml", "ManagedPolicyName: build-push\n      PolicyDocument:\n        Version: 2012-10-17\n", "ManagedPolicyName: build-push\n      PolicyDocument:\n        Version: 2008-10-17\n"}}, []string{"KR005"}, "want Version 2012-10-17"},
		{"a boundary that allows", boundary("'ecr:*'"), []string{}, "no one else can"},
		{"a boundary that does not", boundary("'ecr:Get*'"), []string{"KR050"}, "the permissions boundary does not allow it"},
		{"a boundary without a name that allows", unnamed("'ecr:*'"), []string{}, "no one else can"},
		{"a boundary without a name that does not", unnamed("'ecr:Get*'"), []string{"KR050"}, "the permissions boundary does not allow it"},
		{"a boundary that is not there", boundary("'ecr:*'")[:1], []string{"KR132"}, "managed policy arn:aws:iam::111122223333:policy/boundary is not among the files"},
		{"a boundary that the image repository's policy is beyond", append(boundary("'ecr:Get*'"), repository("{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/build'}, Action: 'ecr:*'}")...), []string{"KR050"}, "the permissions boundary does not allow it"},
		{"an image repository that lets the role in", append(repository("{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/build'}, Action: 'ecr:*'}"), lessOne), []string{}, "no one else can"},
		{"an image repository that leaves it to the account", append(repository("{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:root'}, Action: 'ecr:*'}"), lessOne), []string{"KR050"}, "may not ecr:PutImage"},
		{"an image repository of the account", repository("{Effect: Allow, Principal: {AWS: ['arn:aws:iam::111122223333:root', '111122223333']}, Action: 'ecr:*'}"), []string{}, "no one else can"},
		{"an image repository of another account too", repository("{Effect: Allow, Principal: {AWS: '444455556666'}, Action: 'ecr:*'}"), []string{"KR057"}, `lets "444455556666" push`},
		{"an image repository that lets a session of the role in", repository("{Effect: Allow, Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/build/push'}, Action: 'ecr:*'}"), []string{}, "no one else can"},
		{"an image repository that lets a session of another role in", repository("{Effect: Allow, Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/builder/push'}, Action: 'ecr:*'}"), []string{"KR057"}, `assumed-role/builder/push" push`},
		{"an image repository that denies", repository("{Effect: Deny, Principal: '*', Action: 'ecr:PutImage'}"), []string{"KR050"}, "the image repository's own policy denies it"},
		{"an image repository that lets everybody in", repository("{Effect: Allow, Principal: '*', Action: 'ecr:*'}"), []string{"KR079"}, "lets everybody push"},
		{"an image repository that another role pushes to", repository("{Effect: Allow, Principal: {AWS: 'arn:aws:iam::444455556666:role/x'}, Action: 'ecr:PutImage'}"), []string{"KR057"}, `lets "arn:aws:iam::444455556666:role/x" push`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}

// What a cluster says of its issuer decides which tokens there are.
func TestTheClustersIssuerCounts(t *testing.T) {
	cluster := func(id string) map[string]string {
		return map[string]string{"cluster.json": `{"cluster": {"name": "c", "arn": "arn:aws:eks:us-east-1:111122223333:cluster/c", "identity": {"oidc": {"issuer": "https://oidc.eks.us-east-1.amazonaws.com/id/` + id + `"}}}}`}
	}
	t.Run("its own", func(t *testing.T) {
		if got, text := ids(t, nil, cluster("0123456789ABCDEF0123456789ABCDEF")); len(got) > 0 {
			t.Error(text)
		}
	})
	t.Run("another", func(t *testing.T) {
		if got, text := ids(t, nil, cluster("FEDCBA9876543210FEDCBA9876543210")); !cmp.Equal(got, []string{"KR033"}) {
			t.Error(text)
		}
	})
}

// A mistake is reported once, for what it is.
func TestOneMistakeIsOneFinding(t *testing.T) {
	const issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"condition keys with a scheme", []edit{
			{"template.yaml", "              " + issuer + ":aud:", "              https://" + issuer + ":aud:"},
			{"template.yaml", "              " + issuer + ":sub:", "              https://" + issuer + ":sub:"},
		}, []string{"KR040"}, "has a scheme"},
		{"a provider's ARN with a scheme", []edit{{"template.yaml", "oidc-provider/" + issuer, "oidc-provider/https://" + issuer}},
			[]string{"KR035"}, "take https:// out"},
		{"a blank in skip-containers", []edit{{"runner.yaml", "skip-containers: docker", "skip-containers: dind, docker"}}, []string{"KR082"}, `container "docker" gets the role's token`},
		{"a blank before the runner in skip-containers", []edit{{"runner.yaml", "skip-containers: docker", "skip-containers: docker, runner"}}, []string{}, "no one else can"},
		{"a label of other characters", []edit{{"runner.yaml", "labels: [push-my-app]", `labels: ["os:linux", "push my app"]`}, {"workflow.yaml", "[self-hosted, push-my-app]", `["os:linux", "push my app"]`}}, []string{}, "for jobs of octo-org/my-app on labels self-hosted, os:linux, push my app, and no one else can"},
		{"a label of two", []edit{{"runner.yaml", "labels: [push-my-app]", `labels: ["push-my-app,gpu"]`}}, []string{"KR069"}, "a comma would make two labels of it"},
		{"an image repository that is nowhere", []edit{{"template.yaml", pushStatement, "          Resource:\n          - arn:aws:ecr:us-east-1:111122223333:repository/my-app\n          - arn:aws:ecr:us-east-1:111122223333:repository/my-ap\n"}},
			[]string{"KR054"}, `my-ap" is not among the files; there is "my-app"`},
		{"a misspelt action", []edit{{"template.yaml", "- ecr:PutImage", "- ecr:PutImag"}}, []string{"KR006", "KR050"}, `did you mean "ecr:PutImage"?`},
		{"a login to another account", []edit{
			{"workflow.yaml", "amazon-ecr-login@v2\n", "amazon-ecr-login@v2\n      with: {registries: '444455556666'}\n"},
			{"workflow.yaml", "${{ steps.login.outputs.registry }}", "111122223333.dkr.ecr.us-east-1.amazonaws.com"},
		}, []string{"KR062"}, `logs in to "444455556666.dkr.ecr.us-east-1.amazonaws.com" and pushes to "111122223333.dkr.ecr.us-east-1.amazonaws.com"`},
		{"a statement's name", []edit{{"template.yaml", "        - Effect: Allow\n          Action: ecr:GetAuthorizationToken", "        - Sid: log in\n          Effect: Allow\n          Action: ecr:GetAuthorizationToken"}}, []string{"KR005"}, `Sid "log in": want letters and digits`},
		{"a resource of every service", []edit{{"template.yaml", pushStatement, strings.Replace(pushStatement, "arn:aws:ecr:us-east-1:", "arn:aws:*:us-east-1:", 1)}}, []string{"KR005"}, `"arn:aws:*:us-east-1:111122223333:repository/my-app" names no one service`},
		{"every ARN", []edit{{"template.yaml", pushStatement, pushStatement + "        - {Effect: Deny, Action: 'ecr:DeleteRepository', Resource: 'arn:*'}\n"}}, []string{"KR005"}, `"arn:*" names no one service`},
		{"every resource of a service", []edit{{"template.yaml", pushStatement, pushStatement + "        - {Effect: Deny, Action: 'ecr:DeleteRepository', Resource: 'arn:aws:ecr:*'}\n"}}, []string{}, "no one else can"},
		{"a provider's ARN of another partition", []edit{{"template.yaml", "Federated: arn:aws:", "Federated: arn:aws-cn:"}}, []string{"KR035"}, `of partition "aws-cn", its issuer of "aws"`},
		{"no tag", []edit{{"workflow.yaml", "/my-app:${{ github.sha }}", "/my-app"}}, []string{"KR068"}, `every run pushes the tag "latest"`},
		{"a region that is none", []edit{{"workflow.yaml", "AWS_REGION: us-east-1", "AWS_REGION: us-esat-1"}}, []string{"KR095", "KR063"}, `did you mean "us-east-1"?`},
		{"no namespace", []edit{{"runner.yaml", "  name: build\n  namespace: runners\n  annotations:", "  name: build\n  annotations:"}}, []string{"KR011"}, "has no namespace"},
		{"an image repository's name", []edit{{"template.yaml", "RepositoryName: my-app", "RepositoryName: MyApp"}}, []string{"KR092", "KR054"}, `for example "myapp"`},
		{"a runner of GitHub's", []edit{{"workflow.yaml", "runs-on: [self-hosted, push-my-app]", "runs-on: ubuntu-24.04"}}, []string{"KR060"}, "GitHub's own runners have no role"},
		{"a runner of GitHub's with a stored key", []edit{
			{"workflow.yaml", "runs-on: [self-hosted, push-my-app]", "runs-on: ubuntu-24.04"},
			{"workflow.yaml", "    - id: login\n", "    - uses: aws-actions/configure-aws-credentials@v6\n      with: {aws-access-key-id: \"${{ secrets.AWS_ACCESS_KEY_ID }}\", aws-secret-access-key: \"${{ secrets.AWS_SECRET_ACCESS_KEY }}\", aws-region: us-east-1}\n    - id: login\n"},
		}, []string{"KR144"}, `uses a stored AWS key on a runner that GitHub hosts`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}

// A cache that is only read needs no right to push.
func TestCachesAreReadOrWritten(t *testing.T) {
	readOnly := "          - ecr:BatchGetImage\n          - ecr:GetDownloadUrlForLayer\n"
	more := edit{"template.yaml", pushStatement, pushStatement + "        - Effect: Allow\n          Action:\n" + readOnly +
		"          Resource: arn:aws:ecr:us-east-1:111122223333:repository/my-cache\n"}
	repository := edit{"template.yaml", "  Push:\n", "  Cache:\n    Type: AWS::ECR::Repository\n    Properties:\n      RepositoryName: my-cache\n  Push:\n"}
	for flag, want := range map[string][]string{"--cache-from": {}, "--cache-to": {"KR050"}} {
		t.Run(flag, func(t *testing.T) {
			build := edit{"workflow.yaml", `docker build --tag "$IMAGE" .`, "docker buildx create --use && docker buildx build --load " + flag + " type=registry,ref=${{ steps.login.outputs.registry }}/my-cache:main --tag $IMAGE ."}
			if got, text := ids(t, []edit{more, repository, build}, nil); !cmp.Equal(got, want) {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}

// A folder holds more than runners. What has another role is left alone.
func TestOtherWorkloadsAreLeftAlone(t *testing.T) {
	got, text := ids(t, nil, map[string]string{"dns.yaml": `apiVersion: v1
kind: ServiceAccount
metadata:
  name: external-dns
  namespace: dns
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/external-dns
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: external-dns
  namespace: dns
spec:
  selector: {matchLabels: {app: dns}}
  template:
    metadata: {labels: {app: dns}}
    spec:
      serviceAccountName: external-dns
      containers:
      - name: external-dns
        image: registry.k8s.io/external-dns/external-dns:v0.19.0
`})
	if len(got) > 0 || !strings.HasSuffix(text, "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (4 files)\n") {
		t.Errorf("got %q\n%s", got, text)
	}
}
