package migrate_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/migrate"
)

func TestUsersAreThoseThatMayPush(t *testing.T) {
	file := filepath.Join(t.TempDir(), "account.json")
	place(t, file, []byte(`{"RoleDetailList": [],
	"Policies": [{"PolicyName": "push", "Path": "/", "Arn": "arn:aws:iam::111122223333:policy/push", "DefaultVersionId": "v1", "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true,
		"Document": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ecr:Put*"], "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-worker"}]}}]}],
	"GroupDetailList": [{"GroupName": "all", "Arn": "arn:aws:iam::111122223333:group/all", "GroupPolicyList": [
		{"PolicyName": "no", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*"}]}}], "AttachedManagedPolicies": []}],
	"UserDetailList": [
		{"UserName": "one", "Arn": "arn:aws:iam::111122223333:user/one", "GroupList": [], "UserPolicyList": [],
			"AttachedManagedPolicies": [{"PolicyName": "push", "PolicyArn": "arn:aws:iam::111122223333:policy/push"}]},
		{"UserName": "denied", "Arn": "arn:aws:iam::111122223333:user/denied", "GroupList": ["all"], "UserPolicyList": [],
			"AttachedManagedPolicies": [{"PolicyName": "push", "PolicyArn": "arn:aws:iam::111122223333:policy/push"}]},
		{"UserName": "unknown", "Arn": "arn:aws:iam::111122223333:user/unknown", "GroupList": [], "UserPolicyList": [],
			"AttachedManagedPolicies": [{"PolicyName": "other", "PolicyArn": "arn:aws:iam::111122223333:policy/other"}]},
		{"UserName": "elsewhere", "Arn": "arn:aws:iam::999999999999:user/elsewhere", "GroupList": [], "AttachedManagedPolicies": [],
			"UserPolicyList": [{"PolicyName": "a", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}]}]}`))
	got, err := migrate.Users(pools(), []string{file})
	if err != nil {
		t.Fatal(err)
	}
	const registry = "111122223333.dkr.ecr.us-east-1.amazonaws.com/"
	want := []migrate.User{
		{Name: "one", Account: "111122223333", PushesTo: []string{registry + "my-worker"}},
		{Name: "unknown", Account: "111122223333", PushesTo: []string{registry + "my-app", registry + "my-worker", registry + "cached"},
			Unknown: "managed policy arn:aws:iam::111122223333:policy/other is not among the files"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
