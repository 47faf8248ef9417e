package render_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/policy"
)

// large is the larger fleet's templates. Decoding them strictly has shown that
// there is nothing in them but a description, resources and outputs: no
// parameter, rule, condition or mapping.
func large(t *testing.T) map[string]template {
	t.Helper()
	return decode(t, rendered(t, fleettest.Large())).templates
}

func TestTemplatesHoldFourKindsOfResources(t *testing.T) {
	got := map[string]map[string]int{}
	for name, tmpl := range large(t) {
		got[name] = map[string]int{}
		for _, r := range tmpl.Resources {
			got[name][r.Type]++
		}
	}
	want := map[string]map[string]int{
		"runners-us.template.json":      {"AWS::IAM::OIDCProvider": 1, "AWS::ECR::Repository": 2, "AWS::IAM::Role": 13, "AWS::IAM::ManagedPolicy": 13},
		"runners-us-base.template.json": {"AWS::IAM::Role": 1, "AWS::IAM::ManagedPolicy": 1},
		"runners-china.template.json":   {"AWS::IAM::OIDCProvider": 1, "AWS::ECR::Repository": 1, "AWS::IAM::Role": 1, "AWS::IAM::ManagedPolicy": 1},
		// The provider and the image repository "base" of the fleet exist already.
		"runners-gov.template.json": {"AWS::ECR::Repository": 1, "AWS::IAM::Role": 1, "AWS::IAM::ManagedPolicy": 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources by template and type (-want +got):\n%s", diff)
	}
}

func TestWhatHoldsDataOrTrustOutlivesItsStack(t *testing.T) {
	want := map[string]string{
		"AWS::IAM::OIDCProvider":  "Retain",
		"AWS::ECR::Repository":    "Retain",
		"AWS::IAM::Role":          "",
		"AWS::IAM::ManagedPolicy": "",
	}
	for _, tmpl := range large(t) {
		for id, r := range tmpl.Resources {
			if r.DeletionPolicy != want[r.Type] || r.UpdateReplacePolicy != want[r.Type] {
				t.Errorf("%s: got DeletionPolicy %q, UpdateReplacePolicy %q, want %q", id, r.DeletionPolicy, r.UpdateReplacePolicy, want[r.Type])
			}
		}
	}
}

func TestTrustIsExact(t *testing.T) {
	for name, tmpl := range large(t) {
		for id, r := range of[role](t, tmpl, "AWS::IAM::Role") {
			trust := r.AssumeRolePolicyDocument
			if strings.ContainsAny(string(trust.JSON()), "*?") {
				t.Errorf("%s %s: a wildcard in %s", name, id, trust.JSON())
			}
			if len(trust.Statement) != 1 || len(trust.Statement[0].Condition) != 1 || len(trust.Statement[0].Condition[policy.StringEquals]) != 2 {
				t.Errorf("%s %s: got %s, want one statement with StringEquals on two keys", name, id, trust.JSON())
			}
			if got := trust.Statement[0].Action; !cmp.Equal(got, policy.Values{"sts:AssumeRoleWithWebIdentity"}) {
				t.Errorf("%s %s: got action %q", name, id, got)
			}
		}
	}
	want := policy.Document{
		Version: "2012-10-17",
		Statement: []policy.Statement{{
			Effect:    "Allow",
			Principal: &policy.Principal{Federated: policy.Values{"arn:aws-cn:iam::444455556666:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210"}},
			Action:    policy.Values{"sts:AssumeRoleWithWebIdentity"},
			Condition: policy.Condition{"StringEquals": {
				"oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210:sub": {"system:serviceaccount:runners:china-runner"},
				"oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210:aud": {"sts.amazonaws.com"},
			}},
		}},
	}
	got := only(t, of[role](t, large(t)["runners-china.template.json"], "AWS::IAM::Role")).AssumeRolePolicyDocument
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("trust in China (-want +got):\n%s", diff)
	}
}

func TestRolePushesWhereItsPoolPushes(t *testing.T) {
	got := map[string][]string{}
	for _, tmpl := range large(t) {
		for _, p := range of[managedPolicy](t, tmpl, "AWS::IAM::ManagedPolicy") {
			if strings.HasPrefix(p.ManagedPolicyName, "push-team-") {
				continue
			}
			if n := len(p.PolicyDocument.Statement); n != 2 {
				t.Errorf("%s: got %d statements, want 2", p.ManagedPolicyName, n)
			}
			got[p.ManagedPolicyName] = p.PolicyDocument.Statement[1].Resource
		}
	}
	want := map[string][]string{
		"push-shop":  {"arn:aws:ecr:us-east-1:111122223333:repository/shop/web", "arn:aws:ecr:us-east-1:111122223333:repository/shop/api"},
		"push-base":  {"arn:aws:ecr:us-west-2:111122223333:repository/base"},
		"push-china": {"arn:aws-cn:ecr:cn-north-1:444455556666:repository/app"},
		"push-gov":   {"arn:aws-us-gov:ecr:us-gov-west-1:777788889999:repository/app"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources of AllowPush by policy (-want +got):\n%s", diff)
	}
}

func TestImageRepositoryIsImmutableScannedEncryptedAndTidy(t *testing.T) {
	tmpl := decode(t, rendered(t, fleettest.Article())).templates["keyless-runners.template.json"]
	want := repository{
		RepositoryName:     "my-app",
		ImageTagMutability: "IMMUTABLE",
		Tags:               []tag{{"managed-by", "keyless-runners"}},
	}
	want.ImageScanningConfiguration.ScanOnPush = true
	want.EncryptionConfiguration.EncryptionType = "AES256"
	want.LifecyclePolicy.LifecyclePolicyText = `{"rules":[{"rulePriority":1,"description":"expire untagged images","selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}`
	if diff := cmp.Diff(want, only(t, of[repository](t, tmpl, "AWS::ECR::Repository"))); diff != "" {
		t.Errorf("image repository (-want +got):\n%s", diff)
	}
}

func TestProviderIsNativeAndTakesOneAudience(t *testing.T) {
	tmpl := decode(t, rendered(t, fleettest.Article())).templates["keyless-runners.template.json"]
	want := provider{
		Url:          "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		ClientIdList: []string{"sts.amazonaws.com"},
		Tags:         []tag{{"managed-by", "keyless-runners"}},
	}
	if diff := cmp.Diff(want, only(t, of[provider](t, tmpl, "AWS::IAM::OIDCProvider"))); diff != "" {
		t.Errorf("provider (-want +got):\n%s", diff)
	}
}

func TestEverythingThatTakesTagsHasThem(t *testing.T) {
	want := []tag{{"cost-center", "4711"}, {"managed-by", "keyless-runners"}, {"team", "platform"}}
	for name, tmpl := range large(t) {
		for id, r := range tmpl.Resources {
			if r.Type == "AWS::IAM::ManagedPolicy" {
				continue // CloudFormation has no tags for it
			}
			tagged := strict[map[string]any](t, r.Properties)
			if diff := cmp.Diff(want, strict[[]tag](t, text(t, tagged["Tags"]))); diff != "" {
				t.Errorf("%s %s: tags (-want +got):\n%s", name, id, diff)
			}
		}
	}
}

func TestOutputsTellWhatIsNeededNext(t *testing.T) {
	tmpl := decode(t, rendered(t, fleettest.Article())).templates["keyless-runners.template.json"]
	got := map[string]string{}
	for _, output := range tmpl.Outputs {
		got[output.Description] = output.Value
	}
	want := map[string]string{
		"OIDC provider of cluster example":         "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		"Where docker push sends images of my-app": "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app",
		"Role of pool build":                       "arn:aws:iam::111122223333:role/self_hosted_runner_role",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs (-want +got):\n%s", diff)
	}
}

// What exists already is in no template: the fleet's word for it is on the role that
// trusts it and on the policy that names it, and nowhere else.
func TestWhatExistsAlreadyIsVouchedFor(t *testing.T) {
	got := map[string]string{}
	for _, template := range decode(t, rendered(t, fleettest.Large())).templates {
		for id, resource := range template.Resources {
			for finding, reason := range resource.Metadata.Keyless.Waive {
				got[id+" "+finding] = reason
			}
		}
	}
	want := map[string]string{
		"PoolgovRoleAD1109C9 KR030":    "the fleet declares that the provider of cluster gov exists",
		"PoolbasePolicy15A88E0E KR054": "the fleet declares that these exist: base",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTemplatesAnswerOtherTools(t *testing.T) {
	want := map[string]metadata{
		"AWS::ECR::Repository": {Checkov: checkov{[]skip{{"CKV_AWS_136",
			"AES256 encrypts images at rest and costs nothing; deleting a KMS key makes them unreadable"}}}},
		"AWS::IAM::ManagedPolicy": {CDKNag: cdkNag{[]suppression{{"AwsSolutions-IAM5",
			"ecr:GetAuthorizationToken accepts no other resource", []string{"Resource::*"}}}}},
	}
	for file, template := range decode(t, rendered(t, fleettest.Large())).templates {
		for id, resource := range template.Resources {
			got := resource.Metadata
			got.Keyless.Waive = nil
			if diff := cmp.Diff(want[resource.Type], got); diff != "" {
				t.Errorf("%s %s: metadata (-want +got):\n%s", file, id, diff)
			}
		}
	}
}
