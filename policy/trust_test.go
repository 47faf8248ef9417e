package policy_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestTrustNamesProviderSubjectAndAudience(t *testing.T) {
	wantJSON(t, ourTrust, `{"Version":"2012-10-17","Statement":[`+
		`{"Effect":"Allow",`+
		`"Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},`+
		`"Action":"sts:AssumeRoleWithWebIdentity",`+
		`"Condition":{"StringEquals":{`+
		`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com",`+
		`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:actions-runners:ecr-pusher"}}}]}`)
}

func TestTrustOfPodIdentityNamesClusterNamespaceAndServiceAccount(t *testing.T) {
	wantJSON(t, ourPodIdentityTrust, `{"Version":"2012-10-17","Statement":[`+
		`{"Effect":"Allow",`+
		`"Principal":{"Service":"pods.eks.amazonaws.com"},`+
		`"Action":["sts:AssumeRole","sts:TagSession"],`+
		`"Condition":{"StringEquals":{`+
		`"aws:RequestTag/eks-cluster-arn":"arn:aws:eks:us-east-1:111122223333:cluster/ci",`+
		`"aws:RequestTag/kubernetes-namespace":"actions-runners",`+
		`"aws:RequestTag/kubernetes-service-account":"ecr-pusher"}}}]}`)
}

func TestTrustOfPodIdentityAllowsOneAssociationAndNoOther(t *testing.T) {
	const cluster = "arn:aws:eks:us-east-1:111122223333:cluster/ci"
	joined := policy.Join(ourTrust, ourPodIdentityTrust)
	for _, test := range []struct {
		service, action, cluster, namespace, account string
		want                                         policy.Outcome
	}{
		{"pods.eks.amazonaws.com", "sts:AssumeRole", cluster, "actions-runners", "ecr-pusher", policy.Allowed},
		{"pods.eks.amazonaws.com", "sts:TagSession", cluster, "actions-runners", "ecr-pusher", policy.Allowed},
		{"pods.eks.amazonaws.com", "sts:AssumeRole", cluster + "2", "actions-runners", "ecr-pusher", policy.ImplicitDeny},
		{"pods.eks.amazonaws.com", "sts:AssumeRole", cluster, "other", "ecr-pusher", policy.ImplicitDeny},
		{"pods.eks.amazonaws.com", "sts:AssumeRole", cluster, "actions-runners", "default", policy.ImplicitDeny},
		{"pods.eks.amazonaws.com", "sts:AssumeRoleWithWebIdentity", cluster, "actions-runners", "ecr-pusher", policy.ImplicitDeny},
		{"ec2.amazonaws.com", "sts:AssumeRole", cluster, "actions-runners", "ecr-pusher", policy.ImplicitDeny},
	} {
		request := policy.Request{
			Principal: policy.Principal{Service: policy.Values{test.service}},
			Action:    test.action,
			Context: context{
				"aws:RequestTag/eks-cluster-arn":            {test.cluster},
				"aws:RequestTag/kubernetes-namespace":       {test.namespace},
				"aws:RequestTag/kubernetes-service-account": {test.account},
			},
		}
		if got := policy.Evaluate(request, joined).Outcome; got != test.want {
			t.Errorf("%+v: got %s", test, got)
		}
	}
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

var (
	pusher      = identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}
	ourProvider = identity.ProviderARN{
		Partition: identity.PartitionAWS,
		Account:   "111122223333",
		Issuer:    "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	ourTrust            = policy.Trust(ourProvider, pusher)
	ourPodIdentityTrust = policy.TrustPodIdentity(identity.ClusterARN{Partition: "aws", Region: "us-east-1", Account: "111122223333", Name: "ci"}, pusher)
)

// token is what STS is asked with a ServiceAccount's token.
func token(issuer identity.Issuer, subject, audience string) policy.Request {
	provider := ourProvider
	provider.Issuer = issuer
	return policy.Request{
		Principal: policy.Principal{Federated: policy.Values{provider.String()}},
		Action:    "sts:AssumeRoleWithWebIdentity",
		Context:   context{issuer.SubjectKey(): {subject}, issuer.AudienceKey(): {audience}},
	}
}

func TestTrustAllowsOneServiceAccountAndNobodyElse(t *testing.T) {
	ours := ourProvider.Issuer
	subject, audience := pusher.String(), string(identity.AudienceSTS)
	other := token(ours, subject, audience)
	other.Action = "sts:AssumeRole"
	for _, c := range []struct {
		promise string
		request policy.Request
		want    policy.Outcome
	}{
		{"the ServiceAccount", token(ours, subject, audience), policy.Allowed},
		{"another ServiceAccount", token(ours, "system:serviceaccount:actions-runners:default", audience), policy.ImplicitDeny},
		{"another namespace", token(ours, "system:serviceaccount:default:ecr-pusher", audience), policy.ImplicitDeny},
		{"another audience", token(ours, subject, "sts.amazonaws.com.cn"), policy.ImplicitDeny},
		{"another cluster", token("https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210", subject, audience), policy.ImplicitDeny},
		{"another action", other, policy.ImplicitDeny},
		{"nobody", policy.Request{Action: "sts:AssumeRoleWithWebIdentity"}, policy.ImplicitDeny},
	} {
		t.Run(c.promise, func(t *testing.T) {
			if got := policy.Evaluate(c.request, ourTrust).Outcome; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTargetRoleIsTakenByOneRoleWithItsTags(t *testing.T) {
	primary := identity.RoleARN{Partition: identity.PartitionAWS, Account: "111122223333", Path: "/", Name: "web-runner"}
	target := identity.RoleARN{Partition: identity.PartitionAWS, Account: "444455556666", Path: "/", Name: "web-push"}
	wantJSON(t, policy.TrustRole(primary), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",`+
		`"Principal":{"AWS":"arn:aws:iam::111122223333:role/web-runner"},"Action":["sts:AssumeRole","sts:TagSession"]}]}`)
	wantJSON(t, policy.Assume(target), `{"Version":"2012-10-17","Statement":[{"Sid":"AssumeTargetRole","Effect":"Allow",`+
		`"Action":["sts:AssumeRole","sts:TagSession"],"Resource":"arn:aws:iam::444455556666:role/web-push"}]}`)
}

func wantJSON(t *testing.T, document policy.Document, want string) {
	t.Helper()
	if got := string(document.JSON()); got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}
