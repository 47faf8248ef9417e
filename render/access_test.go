package render_test

import (
	"slices"
	"testing"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// access is what the templates grant, by role name.
type access struct {
	trust, push policy.Document
}

func grants(t *testing.T, f fleet.Fleet) map[string]access {
	t.Helper()
	list := map[string]access{}
	for _, tmpl := range decode(t, rendered(t, f)).templates {
		policies := of[managedPolicy](t, tmpl, "AWS::IAM::ManagedPolicy")
		for _, r := range of[role](t, tmpl, "AWS::IAM::Role") {
			list[r.RoleName] = access{r.AssumeRolePolicyDocument, policies[r.ManagedPolicyArns[0].Ref].PolicyDocument}
		}
	}
	return list
}

// token is the request that a Pod's token makes to STS.
func token(cluster fleet.Cluster, subject identity.Subject, audience string) policy.Request {
	return policy.Request{
		Principal: policy.Principal{Federated: policy.Values{cluster.ProviderARN().String()}},
		Action:    "sts:AssumeRoleWithWebIdentity",
		Context: map[string][]string{
			cluster.Issuer.SubjectKey():  {subject.String()},
			cluster.Issuer.AudienceKey(): {audience},
		},
	}
}

func TestOnlyAPoolsOwnPodsTakeItsRole(t *testing.T) {
	f := fleettest.Large()
	for name, granted := range grants(t, f) {
		for _, cluster := range f.Clusters {
			for _, pool := range f.Pools {
				for _, subject := range []identity.Subject{
					pool.Subject(),
					{Namespace: "other", ServiceAccount: pool.ServiceAccount},
					{Namespace: pool.Namespace, ServiceAccount: "default"},
				} {
					for _, audience := range []string{"sts.amazonaws.com", "sts.amazonaws.com.cn", "vault"} {
						own := name == string(pool.Role) && cluster == pool.Cluster && subject == pool.Subject() && audience == "sts.amazonaws.com"
						got := policy.Evaluate(token(cluster, subject, audience), granted.trust).Outcome
						if (got == policy.Allowed) != own {
							t.Errorf("role %s, token of %s in cluster %s for %s: got %s, want allowed %v", name, subject, cluster.Name, audience, got, own)
						}
					}
				}
			}
		}
	}
}

func TestRolesPushToTheirImageRepositoriesAndDoNothingElse(t *testing.T) {
	push := []string{
		"ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability", "ecr:PutImage",
		"ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload",
	}
	more := []string{"ecr:DeleteRepository", "ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy", "ecr:PutImageTagMutability", "iam:PassRole", "s3:GetObject"}
	f := fleettest.Large()
	granted := grants(t, f)
	for _, pool := range f.Pools {
		document := granted[string(pool.Role)].push
		login := policy.Request{Action: "ecr:GetAuthorizationToken", Resource: "*"}
		if got := policy.Evaluate(login, document).Outcome; got != policy.Allowed {
			t.Errorf("pool %s signs in: got %s", pool.Name, got)
		}
		for _, repository := range f.ImageRepositories {
			for _, action := range slices.Concat(push, more) {
				want := slices.ContainsFunc(pool.PushesTo, func(r fleet.ImageRepository) bool { return r.ID() == repository.ID() }) && slices.Contains(push, action)
				request := policy.Request{Action: action, Resource: repository.ID().ARN()}
				if got := policy.Evaluate(request, document).Outcome; (got == policy.Allowed) != want {
					t.Errorf("pool %s, %s on %s: got %s, want allowed %v", pool.Name, action, repository.ID(), got, want)
				}
			}
		}
	}
}
