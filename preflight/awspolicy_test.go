package preflight_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
)

// A dump of an account has AWS's own managed policies. IAM's quotas are not for them, and
// their actions are no typing mistakes.
func TestPoliciesOfAWSAreNotCorrected(t *testing.T) {
	statement := `{"Effect": "Allow", "Action": ["ecr:PutImages"], "Resource": "arn:aws:s3:::` + strings.Repeat("x", 7000) + `"}`
	good := readGood(t)
	for account, want := range map[string][]string{"aws": nil, "111122223333": {"KR006", "KR091"}} {
		files := maps.Clone(good)
		files["account.json"] = fmt.Sprintf(`{"RoleDetailList": [], "Policies": [{"PolicyName": "Large", "Arn": "arn:aws:iam::%s:policy/Large", "DefaultVersionId": "v1",
			"PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": [%s]}}]}]}`, account, statement)
		write(t, files)
		report, output := check(t, cloudformation.Settings{})
		var got []string
		for _, finding := range report.Findings {
			got = append(got, finding.Kind.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("account %s: got %q, want %q\n%s", account, got, want, output)
		}
	}
}

// A policy of AWS's own is known by its path and its name.
func TestPoliciesOfAWSHaveAPath(t *testing.T) {
	for arn, want := range map[string][]string{
		"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser":              {"KR078"},
		"arn:aws-us-gov:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser":       {"KR078"},
		"arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerRegistryPowerUser": {"KR059", "KR132"},
		"arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy":    {"KR050"},
		"arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy":                 {"KR059", "KR132"},
		"arn:aws:iam::aws:policy/AWSCodeArtifactAdminAccess":                       {"KR050", "KR077"},
	} {
		t.Run(arn, func(t *testing.T) {
			if got, text := ids(t, []edit{{"template.yaml", "[!Ref Push]", "[" + arn + "]"}}, nil); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}

// Roles beside the runners' have policies of AWS's own that let no one push, and one that does.
func TestPoliciesOfAWSOfOtherRoles(t *testing.T) {
	role := func(path, service, policy string) string {
		return fmt.Sprintf(`{"RoleDetailList": [{"RoleName": "other", "Path": %q, "Arn": "arn:aws:iam::111122223333:role%sother",
			"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": %q}, "Action": "sts:AssumeRole"}]},
			"AttachedManagedPolicies": [{"PolicyName": "x", "PolicyArn": "arn:aws:iam::aws:policy/%s"}], "RolePolicyList": []}]}`, path, path, service, policy)
	}
	for _, c := range []struct{ name, account, says string }{
		{"reads", role("/", "lambda.amazonaws.com", "ReadOnlyAccess"), "no one else can"},
		{"audits", role("/", "lambda.amazonaws.com", "SecurityAudit"), "no one else can"},
		{"deploys", role("/", "lambda.amazonaws.com", "AmazonEC2FullAccess"), "no one else can"},
		{"pulls", role("/", "build.apprunner.amazonaws.com", "service-role/AWSAppRunnerServicePolicyForECRAccess"), "no one else can"},
		{"views", role("/", "lambda.amazonaws.com", "job-function/ViewOnlyAccess"), "no one else can"},
		{"a policy that is not known", role("/", "lambda.amazonaws.com", "AWSBatchFullAccess"), `fix: add what "aws iam get-account-authorization-details" prints without --filter`},
		{"a service-linked role", role("/aws-service-role/support.amazonaws.com/", "support.amazonaws.com", "aws-service-role/AWSSupportServiceRolePolicy"), "no one else can"},
		{"pushes", role("/", "lambda.amazonaws.com", "AmazonEC2ContainerRegistryPowerUser"), "other can push too"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, text := ids(t, nil, map[string]string{"account.json": c.account}); !strings.Contains(text, c.says) {
				t.Errorf("got %q, want %q\n%s", got, c.says, text)
			}
		})
	}
}

// A dump of an account has the roles that AWS' services made, below a path that no one else may use.
func TestRolesOfAServiceAreNotRenamed(t *testing.T) {
	role := `{"RoleName": "AWSServiceRoleForECRReplication", "Path": "/aws-service-role/replication.ecr.amazonaws.com/",
		"Arn": "arn:aws:iam::111122223333:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication",
		"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "replication.ecr.amazonaws.com"}, "Action": "sts:AssumeRole"}]},
		"AttachedManagedPolicies": [], "RolePolicyList": [{"PolicyName": "a", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"], "Resource": "*"}]}}]}`
	t.Run("of the account", func(t *testing.T) {
		got, text := ids(t, nil, map[string]string{"account.json": `{"RoleDetailList": [` + role + `]}`})
		if len(got) > 0 || !strings.Contains(text, "no one else can") {
			t.Error(text)
		}
	})
	t.Run("to be made", func(t *testing.T) {
		if got, text := ids(t, []edit{{"template.yaml", "Path: /runners/", "Path: /aws-service-role/runners/"}}, nil); !slices.Contains(got, "KR092") {
			t.Error(text)
		}
	})
}

// What AWS shows of an account takes no waiver, so what a policy there allows is found where the role
// names it, in a file that takes one.
func TestPolicyOfAnotherFileIsFoundWhereTheRoleNamesIt(t *testing.T) {
	for _, test := range []struct{ statement, want, says string }{
		{`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}`, "KR077", "template.yaml:43:9: warning KR077: role \"arn:aws:iam::111122223333:role/runners/build\" may do more than push: s3:GetObject\n    fix: allow the actions of docker push alone\n    see: policies.json:1:"},
		{`{"Effect": "Allow", "Action": "*", "Resource": "*"}`, "KR076", "template.yaml:43:9: error KR076"},
		{`{"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"}`, "KR078", "template.yaml:43:9: warning KR078"},
	} {
		t.Run(test.want, func(t *testing.T) {
			files := readGood(t)
			replace(t, files, "template.yaml", "      ManagedPolicyArns: [!Ref Push]\n", "      ManagedPolicyArns:\n      - !Ref Push\n      - arn:aws:iam::111122223333:policy/shared\n")
			files["policies.json"] = `{"RoleDetailList": [], "Policies": [{"PolicyName": "shared", "Arn": "arn:aws:iam::111122223333:policy/shared", "Path": "/", "DefaultVersionId": "v1", "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": [` + test.statement + `]}}]}]}`
			got, output := found(t, files)
			if got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}
