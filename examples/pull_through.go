package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// PullThrough builds on images of Docker Hub and of Amazon ECR Public that Amazon ECR gets on the
// first pull and keeps for a month, in image repositories that it creates. Dockerfiles begin with
// FROM 111122223333.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/node:22. The rule of
// Quay's images exists.
func PullThrough() fleet.Fleet {
	const (
		account = identity.AccountID("111122223333")
		region  = identity.Region("us-east-1")
		stack   = identity.StackName("runners")
	)
	cluster := fleet.Cluster{
		Name:    "ci",
		Account: account,
		Region:  region,
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   stack,
	}
	web := fleet.ImageRepository{Name: "shop/web", Account: account, Region: region, Stack: stack, KeepUntagged: 10}
	hub := fleet.PullThroughCache{
		Prefix: "docker-hub", Account: account, Region: region, Stack: stack,
		Upstream: "registry-1.docker.io", Secret: "ecr-pullthroughcache/docker-hub-AbCdEf", KeepDays: 30,
	}
	public := fleet.PullThroughCache{
		Prefix: "ecr-public", Account: account, Region: region, Stack: stack,
		Upstream: "public.ecr.aws", KeepDays: 30,
	}
	quay := fleet.PullThroughCache{Prefix: "quay", Account: account, Region: region, Existing: true}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web},
		PullThroughCaches: []fleet.PullThroughCache{hub, public, quay},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{web},
			PullsThrough:     []fleet.PullThroughCache{hub, public, quay},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
