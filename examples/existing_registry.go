package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// ExistingRegistry pushes to an image repository that another team has made in another account,
// and pulls a base image from there. existing-registry/web.json is what "aws ecr
// get-repository-policy" shows of the policy by which that team lets the role push.
func ExistingRegistry() fleet.Fleet {
	const (
		runners  = identity.AccountID("111122223333")
		registry = identity.AccountID("444455556666")
		region   = identity.Region("us-east-1")
	)
	cluster := fleet.Cluster{
		Name:             "platform",
		Account:          runners,
		Region:           region,
		Issuer:           "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:            "runners",
		ExistingProvider: true,
		Controller:       fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	app := fleet.ImageRepository{Name: "shop/web", Account: registry, Region: region, Existing: true}
	base := fleet.ImageRepository{Name: "base/node", Account: registry, Region: region, Existing: true}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app, base},
		Pools: []fleet.Pool{{
			Name:           "web",
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: "octo-org/web"},
			Namespace:      "web-runners",
			ServiceAccount: "runner",
			ScaleSet:       &fleet.ScaleSet{Name: "push-web", MaxRunners: 10, GitHubConfigSecret: "github-app"},
			Role:           "web-runner",
			Policy:         "web-runner-push",
			PushesTo:       []fleet.ImageRepository{app},
			PullsFrom:      []fleet.ImageRepository{base},
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
		}},
	}
}
