package account_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/moto/mototest"
)

// The values are those of the fleet that the project declares, written out: what is
// read has to come from the account.
func TestReadShowsTheProjectsFleet(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", string(rendered(t)))
	const issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	want := deployed.Account{
		ID: "111122223333",
		Providers: []deployed.Provider{{
			ARN:       "arn:aws:iam::111122223333:oidc-provider/" + issuer,
			URL:       issuer,
			Audiences: []string{"sts.amazonaws.com"},
		}},
		Roles: []deployed.Role{{
			ARN: "arn:aws:iam::111122223333:role/self_hosted_runner_role",
			Trust: policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{
				Effect:    "Allow",
				Principal: &policy.Principal{Federated: policy.Values{"arn:aws:iam::111122223333:oidc-provider/" + issuer}},
				Action:    policy.Values{"sts:AssumeRoleWithWebIdentity"},
				Condition: policy.Condition{"StringEquals": {
					issuer + ":aud": {"sts.amazonaws.com"},
					issuer + ":sub": {"system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"},
				}},
			}}},
			MaxSession: time.Hour,
			Policies: []deployed.Policy{{
				Name: "self_hosted_runner_policy",
				ARN:  "arn:aws:iam::111122223333:policy/self_hosted_runner_policy",
				Document: policy.Document{Version: "2012-10-17", Statement: []policy.Statement{
					{Sid: "GetAuthorizationToken", Effect: "Allow", Action: policy.Values{"ecr:GetAuthorizationToken"}, Resource: policy.Values{"*"}},
					{Sid: "AllowPush", Effect: "Allow", Action: policy.Values{
						"ecr:GetDownloadUrlForLayer",
						"ecr:BatchGetImage",
						"ecr:BatchCheckLayerAvailability",
						"ecr:PutImage",
						"ecr:InitiateLayerUpload",
						"ecr:UploadLayerPart",
						"ecr:CompleteLayerUpload",
					}, Resource: policy.Values{"arn:aws:ecr:us-east-1:111122223333:repository/my-app"}},
				}},
			}},
		}},
		ImageRepositories: []deployed.ImageRepository{{
			ARN:       "arn:aws:ecr:us-east-1:111122223333:repository/my-app",
			URI:       "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app",
			Immutable: true,
		}},
	}
	if diff := cmp.Diff(want, read(t, a)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Everything that a role and an image repository can have, and an empty account.
func TestReadShowsAllOfARole(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", `{"Resources": {
		"Limit": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "limit", "Path": "/ci/",
			"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]}}},
		"Role": {"Type": "AWS::IAM::Role", "Properties": {
			"RoleName": "pusher", "Path": "/ci/",
			"AssumeRolePolicyDocument": {"Statement": [
				{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:Assume*"},
				{"Fn::If": ["Never", {"Effect": "Deny"}, {"Ref": "AWS::NoValue"}]}]},
			"PermissionsBoundary": {"Ref": "Limit"}, "MaxSessionDuration": 7200,
			"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"],
			"Policies": [{"PolicyName": "login", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
				{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}]}}]}},
		"Repository": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "team/app",
			"RepositoryPolicyText": {"Version": "2012-10-17", "Statement": [
				{"Effect": "Deny", "Principal": "*", "Action": "ecr:DeleteRepository"}]}}}},
		"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}`)
	allow := func(action string) policy.Document {
		return policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{action}, Resource: policy.Values{"*"}}}}
	}
	want := deployed.Account{
		ID: "111122223333",
		Roles: []deployed.Role{{
			ARN: "arn:aws:iam::111122223333:role/ci/pusher",
			Trust: policy.Document{Statement: []policy.Statement{{
				Effect: "Allow", Principal: &policy.Principal{Service: policy.Values{"ec2.amazonaws.com"}}, Action: policy.Values{"sts:Assume*"},
			}}},
			Policies: []deployed.Policy{
				{Name: "AmazonEC2ContainerRegistryPullOnly", ARN: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly", Document: policy.Document{
					Version: "2012-10-17",
					Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{
						"ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchImportUpstreamImage",
					}, Resource: policy.Values{"*"}}},
				}},
				{Name: "login", Document: allow("ecr:GetAuthorizationToken")},
			},
			MaxSession: 2 * time.Hour,
			Boundary:   &deployed.Policy{Name: "limit", ARN: "arn:aws:iam::111122223333:policy/ci/limit", Document: allow("ecr:*")},
		}},
		ImageRepositories: []deployed.ImageRepository{{
			ARN: "arn:aws:ecr:us-east-1:111122223333:repository/team/app",
			URI: "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app",
			Policy: &policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{
				Effect: "Deny", Principal: &policy.Principal{AWS: policy.Values{"*"}}, Action: policy.Values{"ecr:DeleteRepository"},
			}}},
		}},
	}
	if diff := cmp.Diff(want, read(t, a)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	mototest.Reset(t, server)
	if diff := cmp.Diff(deployed.Account{ID: "111122223333"}, read(t, a)); diff != "" {
		t.Errorf("after a reset, -want +got:\n%s", diff)
	}
}

func TestReadNamesThePolicyThatIsNone(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", replaced(t, `{"Service": "ec2.amazonaws.com"}`, `{"Servic": "ec2.amazonaws.com"}`))
	_, err := a.Read(t.Context())
	const want = `role arn:aws:iam::111122223333:role/pusher: trust policy: line 1, column 103: Statement[0].Principal.Servic: unknown element "Servic"; did you mean "Service"?`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
