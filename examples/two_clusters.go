package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// TwoClusters runs one scale set in two clusters, with one role: a job lands in either. GitHub knows
// one scale set of a name in a runner group, so each cluster has a group, and both groups serve the
// same source repositories.
func TwoClusters() fleet.Fleet {
	east := fleet.Cluster{
		Name:       "east",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "east",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	west := east
	west.Name, west.Region, west.Stack = "west", "us-west-2", "west"
	west.Issuer = "https://oidc.eks.us-west-2.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
	web := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{east, west},
		ImageRepositories: []fleet.ImageRepository{web},
		Pools: []fleet.Pool{{
			Name:           "web",
			Cluster:        east,
			AlsoIn:         []fleet.Cluster{west},
			Stack:          "runners",
			Scope:          fleet.Scope{Organization: "octo-org"},
			Group:          "builds-east",
			AlsoInGroups:   []identity.RunnerGroup{"builds-west"},
			Namespace:      "web-runners",
			ServiceAccount: "runner",
			ScaleSet:       &fleet.ScaleSet{Name: "push-web", MaxRunners: 20, GitHubConfigSecret: "github-app"},
			Role:           "web-runner",
			Policy:         "web-runner-push",
			PushesTo:       []fleet.ImageRepository{web},
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
		}},
	}
}
