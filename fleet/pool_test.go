package fleet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestPoolDerivesWhatTheChainMustAgreeOn(t *testing.T) {
	pools := map[string]fleet.Pool{}
	for _, p := range fleettest.Large().Pools {
		pools[string(p.Name)] = p
	}
	pools["article"] = fleettest.Article().Pools[0]
	for name, want := range map[string][]string{
		"article": {
			"arn:aws:iam::111122223333:role/self_hosted_runner_role",
			"system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account",
			"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			"111122223333.dkr.ecr.us-east-1.amazonaws.com",
			"keyless-runners",
		},
		"shop": {
			"arn:aws:iam::111122223333:role/runners/shop/runner-shop",
			"system:serviceaccount:runners:shop-runner",
			"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			"111122223333.dkr.ecr.us-east-1.amazonaws.com",
			"runners-us",
		},
		"base": {
			"arn:aws:iam::111122223333:role/runners/runner-base",
			"system:serviceaccount:runners:base-runner",
			"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			"111122223333.dkr.ecr.us-west-2.amazonaws.com",
			"runners-us-base",
		},
		"china": {
			"arn:aws-cn:iam::444455556666:role/runners/runner-china",
			"system:serviceaccount:runners:china-runner",
			"arn:aws-cn:iam::444455556666:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210",
			"444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn",
			"runners-china",
		},
		"gov": {
			"arn:aws-us-gov:iam::777788889999:role/runners/runner-gov",
			"system:serviceaccount:runners:gov-runner",
			"arn:aws-us-gov:iam::777788889999:oidc-provider/oidc.eks.us-gov-west-1.amazonaws.com/id/00112233445566778899AABBCCDDEEFF",
			"777788889999.dkr.ecr.us-gov-west-1.amazonaws.com",
			"runners-gov",
		},
	} {
		p := pools[name]
		got := []string{
			p.RoleARN().String(),
			p.Subject().String(),
			p.Cluster.ProviderARN().String(),
			p.Registry().String(),
			string(p.StackName()),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("pool %s: role, subject, provider, registry, stack (-want +got):\n%s", name, diff)
		}
	}
}

func TestImagesThatMayBeRightAreAccepted(t *testing.T) {
	for _, image := range []fleet.RunnerImage{
		"summerwind/actions-runner:v2.329.0-ubuntu-22.04",
		"summerwind/actions-runner:v2.336.0-ubuntu-24.04",
		"summerwind/actions-runner:v10.0.0-ubuntu-24.04",
		"ghcr.io/actions/actions-runner-controller/actions-runner:v2.337.0-ubuntu-22.04",
		"example.com/team/actions-runner:v2.1.0",
		"example.com/runner:2.290.0",
		"example.com/runner:2024.20.04.1",
		"example.com/runner:1.20.04",
	} {
		f := fleettest.Article()
		f.Pools[0].Image = image
		f.Pools[0].Env = []corev1.EnvVar{{Name: "DISABLE_RUNNER_UPDATE", Value: "false"}}
		if err := f.Check(); err != nil {
			t.Errorf("%s: got %v, want no problem", image, err)
		}
	}
}

func TestPathOfARoleIsASlashUnlessItIsDeclared(t *testing.T) {
	pool := fleettest.Article().Pools[0]
	pool.RolePath = ""
	if got, want := pool.RoleARN().String(), "arn:aws:iam::111122223333:role/self_hosted_runner_role"; got != want {
		t.Errorf("role ARN: got %q, want %q", got, want)
	}
}

func TestEveryPoolKeepsTheNodesRoleOutOfReach(t *testing.T) {
	pool := fleettest.Article().Pools[0]
	pool.Env = []corev1.EnvVar{{Name: "GOFLAGS", Value: "-trimpath"}}
	want := []corev1.EnvVar{
		{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"},
		{Name: "GOFLAGS", Value: "-trimpath"},
	}
	if diff := cmp.Diff(want, pool.AllEnv()); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
}

func TestTrustHasAStatementForEachWay(t *testing.T) {
	const (
		irsa = `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},` +
			`"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{` +
			`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com",` +
			`"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"}}}`
		podIdentity = `{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{` +
			`"aws:RequestTag/eks-cluster-arn":"arn:aws:eks:us-east-1:111122223333:cluster/prod",` +
			`"aws:RequestTag/kubernetes-namespace":"self-hosted-runners",` +
			`"aws:RequestTag/kubernetes-service-account":"self-hosted-runner-service-account"}}}`
	)
	for way, want := range map[fleet.Way]string{
		"":                   irsa,
		fleet.WayIRSA:        irsa,
		fleet.WayPodIdentity: podIdentity,
		fleet.WayBoth:        irsa + "," + podIdentity,
	} {
		pool := fleettest.Article().Pools[0]
		pool.Way, pool.Cluster.EKSName = way, "prod"
		want = `{"Version":"2012-10-17","Statement":[` + want + `]}`
		if diff := cmp.Diff(want, string(pool.TrustPolicy().JSON())); diff != "" {
			t.Errorf("trust by %q (-want +got):\n%s", way, diff)
		}
	}
}

func TestClustersNameInEKSIsItsOwnUnlessItIsDeclared(t *testing.T) {
	cluster := fleettest.Article().Clusters[0]
	if got, want := cluster.ARN().String(), "arn:aws:eks:us-east-1:111122223333:cluster/example"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestScaleSetIsChosenByItsNameAndFindsItsDocker(t *testing.T) {
	f := fleettest.Article()
	scaleSet(&f)
	pool := f.Pools[0]
	pool.Proxy = &fleet.Proxy{HTTPS: "http://proxy:3128"}
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]identity.RunnerLabel{"push-my-app"}, pool.RunsOn()); diff != "" {
		t.Errorf("runs-on (-want +got):\n%s", diff)
	}
	want := []corev1.EnvVar{
		{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"},
		{Name: "DOCKER_HOST", Value: "unix:///var/run/docker.sock"},
		{Name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", Value: "120"},
		{Name: "HTTPS_PROXY", Value: "http://proxy:3128"},
		{Name: "NO_PROXY", Value: "169.254.170.23,[fd00:ec2::23]"},
	}
	if diff := cmp.Diff(want, pool.AllEnv()); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"eks.amazonaws.com/skip-containers": "dind", "karpenter.sh/do-not-disrupt": "true"}, pool.AllAnnotations()); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

func TestScopesHaveTheirAddressOnGitHub(t *testing.T) {
	for want, scope := range map[string]fleet.Scope{
		"https://github.com/octo-org/my-app":  {SourceRepository: "octo-org/my-app"},
		"https://github.com/octo-org":         {Organization: "octo-org"},
		"https://github.com/enterprises/octo": {Enterprise: "octo"},
		"https://ghe.example.com/octo-org":    {Host: "ghe.example.com", Organization: "octo-org"},
	} {
		if got := scope.URL(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRoleMayPushThenPullThenWhatElseIsDeclared(t *testing.T) {
	pool := fleettest.Article().Pools[0]
	pool.PullsFrom = []fleet.ImageRepository{{Name: "base", Account: "111122223333", Region: "us-east-1", Existing: true}}
	pool.Statements = []policy.Statement{{Sid: "Read", Effect: "Allow", Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"arn:aws:s3:::data/*"}}}
	const want = `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"GetAuthorizationToken","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},` +
		`{"Sid":"AllowPush","Effect":"Allow","Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability","ecr:PutImage","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/my-app"},` +
		`{"Sid":"AllowPull","Effect":"Allow","Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability"],"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/base"},` +
		`{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}]}`
	if diff := cmp.Diff(want, string(pool.PermissionsPolicy().JSON())); diff != "" {
		t.Errorf("policy (-want +got):\n%s", diff)
	}
}
