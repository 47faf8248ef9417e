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
