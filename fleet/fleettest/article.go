package fleettest

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Article is the smallest fleet: one cluster, one image repository and one pool,
// with the names of the article that the project automates.
func Article() fleet.Fleet {
	const (
		account = identity.AccountID("111122223333")
		region  = identity.Region("us-east-1")
		stack   = identity.StackName("keyless-runners")
	)
	cluster := fleet.Cluster{
		Name:    "example",
		Account: account,
		Region:  region,
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   stack,
	}
	app := fleet.ImageRepository{Name: "my-app", Account: account, Region: region, Stack: stack, KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools: []fleet.Pool{{
			Name:             "build",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/my-app"},
			Labels:           []identity.RunnerLabel{"push-my-app"},
			Namespace:        "self-hosted-runners",
			ServiceAccount:   "self-hosted-runner-service-account",
			RunnerDeployment: "runner-deployment",
			RolePath:         "/",
			Role:             "self_hosted_runner_role",
			Policy:           "self_hosted_runner_policy",
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
