package examples

import (
	"time"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Role is in an account whose organization demands a path, a boundary and tags of every
// role. Besides pushing, the role pulls base images that it must not change, reads packages from
// CodeArtifact, and reads a bucket by a policy that other roles have too, and sends metrics by one of AWS's own.
// role/policies.json shows the former and the boundary, as "aws iam get-account-authorization-details --filter
// LocalManagedPolicy" does.
func Role() fleet.Fleet {
	const account = identity.AccountID("111122223333")
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: account,
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	app := fleet.ImageRepository{Name: "web", Account: account, Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	base := fleet.ImageRepository{Name: "base/node", Account: account, Region: "us-east-1", Existing: true}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app, base},
		Tags:              map[string]string{"owner": "platform"},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			RolePath:         "/ci/",
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{app},
			PullsFrom:        []fleet.ImageRepository{base},
			Statements: []policy.Statement{
				{
					Sid:      "ReadPackages",
					Effect:   policy.EffectAllow,
					Action:   policy.Values{"codeartifact:GetAuthorizationToken", "codeartifact:GetRepositoryEndpoint", "codeartifact:ReadFromRepository"},
					Resource: policy.Values{"arn:aws:codeartifact:us-east-1:111122223333:domain/octo", "arn:aws:codeartifact:us-east-1:111122223333:repository/octo/npm"},
				},
				{
					Sid:       "SignInToPackages",
					Effect:    policy.EffectAllow,
					Action:    policy.Values{"sts:GetServiceBearerToken"},
					Resource:  policy.Values{"*"},
					Condition: policy.Condition{policy.StringEquals: {"sts:AWSServiceName": {"codeartifact.amazonaws.com"}}},
				},
			},
			ManagedPolicies: []identity.ManagedPolicyARN{
				{Partition: identity.PartitionAWS, Account: account, Path: "/shared/", Name: "read-test-data"},
				{Partition: identity.PartitionAWS, Account: identity.AccountAWS, Path: "/", Name: "CloudWatchAgentServerPolicy"},
			},
			Waivers:             fleet.Waivers{Role: map[string]string{"KR077": "tests read the data that all teams share"}},
			PermissionsBoundary: identity.ManagedPolicyARN{Partition: identity.PartitionAWS, Account: account, Path: "/", Name: "developer-boundary"},
			MaxSessionDuration:  2 * time.Hour,
			Tags:                map[string]string{"owner": "web", "cost-center": "4711"},
			Replicas:            1,
			Image:               "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
