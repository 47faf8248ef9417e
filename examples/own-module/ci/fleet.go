// Package ci declares the runners.
package ci

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

const (
	account = identity.AccountID("111122223333")
	region  = identity.Region("us-east-1")
	stack   = identity.StackName("runners")
)

// Web is the pool that pushes the image of octo-org/web.
const Web = identity.PoolName("web")

var (
	cluster = fleet.Cluster{
		Name: "platform", Account: account, Region: region, Stack: stack,
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	web = fleet.ImageRepository{Name: "web", Account: account, Region: region, Stack: stack, KeepUntagged: 10}
)

// Fleet declares the fleet.
func Fleet() (fleet.Fleet, error) {
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web},
		Pools: []fleet.Pool{{
			Name:             Web,
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{web},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}, nil
}
