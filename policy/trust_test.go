package policy_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestTrustNamesProviderSubjectAndAudience(t *testing.T) {
	provider := identity.ProviderARN{
		Partition: identity.PartitionAWS,
		Account:   "111122223333",
		Issuer:    "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	wantJSON(t, policy.Trust(provider, pusher), `{"Version":"2012-10-17","Statement":[`+
		`{"Effect":"Allow",`+
		`"Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},`+
		`"Action":"sts:AssumeRoleWithWebIdentity",`+
		`"Condition":{"StringEquals":{`+
		`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com",`+
		`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:actions-runners:ecr-pusher"}}}]}`)
}

// The domain is China's; the audience is not.
func TestTrustInChinaHasTheAudienceOfEveryPartition(t *testing.T) {
	provider := identity.ProviderARN{
		Partition: identity.PartitionChina,
		Account:   "111122223333",
		Issuer:    "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF",
	}
	wantJSON(t, policy.Trust(provider, pusher), `{"Version":"2012-10-17","Statement":[`+
		`{"Effect":"Allow",`+
		`"Principal":{"Federated":"arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF"},`+
		`"Action":"sts:AssumeRoleWithWebIdentity",`+
		`"Condition":{"StringEquals":{`+
		`"oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com",`+
		`"oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:actions-runners:ecr-pusher"}}}]}`)
}

var pusher = identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}

func wantJSON(t *testing.T, document policy.Document, want string) {
	t.Helper()
	if got := string(document.JSON()); got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}
