package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Where two files describe the same differently, a push by one of them alone is not proved.
func TestTwins(t *testing.T) {
	const (
		trust = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
			"Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud": "sts.amazonaws.com",
			"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub": "system:serviceaccount:runners:build"}}}]}`
		policy = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}, {"Effect": "Allow", "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage",
			"ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"], "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-app"}]}`
		account = `{"RoleDetailList": [{"Path": "/runners/", "RoleName": "build", "Arn": "arn:aws:iam::111122223333:role/runners/build", "AssumeRolePolicyDocument": ` + trust + `,
			"RolePolicyList": [{"PolicyName": "push", "PolicyDocument": ` + policy + `}], "AttachedManagedPolicies": []}]}`
		listed  = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/my-app", "repositoryName": "my-app", "imageTagMutability": "IMMUTABLE", "policyText": null}]}`
		denying = "      RepositoryName: my-app\n      RepositoryPolicyText: {Version: 2012-10-17, Statement: {Effect: Deny, Principal: '*', Action: 'ecr:PutImage'}}\n"
	)
	otherwise := func(old, new string) []edit { return []edit{{"template.yaml", old, new}} }
	for _, test := range []struct {
		name  string
		edits []edit
		more  map[string]string
		want  []string
		says  string
	}{
		{"alike", nil, map[string]string{"account.json": account}, []string{}, "no one else can"},
		{"with another subject", otherwise(subject, strings.Replace(subject, ":build", ":web", 1)), map[string]string{"account.json": account}, []string{"KR204"}, `by this description "runners/build" may not take it`},
		{"without the login", otherwise("Action: ecr:GetAuthorizationToken", "Action: ecr:DescribeRegistry"), map[string]string{"account.json": account}, []string{"KR204"}, "by this description it may not ecr:GetAuthorizationToken"},
		{"in another account", otherwise("          - ecr:PutImage\n", ""), map[string]string{"account.json": strings.ReplaceAll(account, "111122223333", "444455556666")}, []string{"KR050"}, "may not ecr:PutImage"},
		{"an image repository whose policy denies", otherwise("      RepositoryName: my-app\n", denying), map[string]string{"account.json": account, "list.json": listed}, []string{"KR204"}, "by this description its policy denies the push"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, test.more)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
