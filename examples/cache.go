package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Cache keeps the layers of builds in a separate image repository, where they may be
// replaced and expire after two weeks. Base images are another account's, in two regions,
// so a job signs in to three registries.
func Cache() fleet.Fleet {
	const (
		account  = identity.AccountID("111122223333")
		platform = identity.AccountID("444455556666")
	)
	cluster := fleet.Cluster{
		Name:       "ci",
		Account:    account,
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	web := fleet.ImageRepository{Name: "shop/web", Account: account, Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	cart := fleet.ImageRepository{Name: "shop/cart", Account: account, Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	cache := fleet.ImageRepository{Name: "cache/shop", Account: account, Region: "us-east-1", Stack: "runners", CacheDays: 14}
	node := fleet.ImageRepository{
		Name: "base/node", Account: platform, Region: "us-east-1", Stack: "base-images-us", KeepUntagged: 1,
		PulledBy: []identity.AccountID{account},
	}
	python := fleet.ImageRepository{
		Name: "base/python", Account: platform, Region: "eu-central-1", Stack: "base-images-eu", KeepUntagged: 1,
		PulledBy: []identity.AccountID{account},
	}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web, cart, cache, node, python},
		Pools: []fleet.Pool{{
			Name:           "shop",
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: "octo-org/shop"},
			Namespace:      "shop-runners",
			ServiceAccount: "runner",
			ScaleSet:       &fleet.ScaleSet{Name: "push-shop", MaxRunners: 10, GitHubConfigSecret: "github-app"},
			Role:           "shop-runner",
			Policy:         "shop-runner-push",
			PushesTo:       []fleet.ImageRepository{web, cart},
			PullsFrom:      []fleet.ImageRepository{node, python},
			CachesTo:       &cache,
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
			Builder:        fleet.Builder{RootlessBuildKit: &fleet.RootlessBuildKit{}},
		}},
	}
}
