package policy_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestPoliciesOfImageRepositoriesNameRolesAccountsAndOrganization(t *testing.T) {
	document := policy.Document{Version: policy.Version, Statement: []policy.Statement{
		policy.PushBy([]identity.RoleARN{
			{Partition: "aws", Account: "111122223333", Path: "/ci/", Name: "web"},
			{Partition: "aws", Account: "777788889999", Path: "/", Name: "api"},
		}),
		policy.PullByAccounts("aws-cn", []identity.AccountID{"111122223333"}),
		policy.PullByOrganization("o-a1b2c3d4e5"),
	}}
	wantJSON(t, document, `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"AllowPush","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/ci/web","arn:aws:iam::777788889999:role/api"]},`+
		`"Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability","ecr:PutImage","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"]},`+
		`{"Sid":"AllowPull","Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"},`+
		`"Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability"]},`+
		`{"Sid":"AllowPullByOrganization","Effect":"Allow","Principal":{"AWS":"*"},`+
		`"Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability"],"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}]}`)
}
