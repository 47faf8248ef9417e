package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// TargetRole pushes from the cluster's account to that of the images by EKS Pod Identity, which
// goes on from the pool's role to one of that account: the image repository needs no policy, and
// its account decides by the role who may push. For a base image in the cluster's own account,
// the Pods are then of another.
//
// Deploy the stack "runners" first: the target role trusts the pool's.
func TargetRole() fleet.Fleet {
	const (
		runners = identity.AccountID("111122223333")
		images  = identity.AccountID("444455556666")
		region  = identity.Region("eu-central-1")
	)
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    runners,
		Region:     region,
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	app := fleet.ImageRepository{Name: "shop/web", Account: images, Region: region, Stack: "images", KeepUntagged: 10}
	base := fleet.ImageRepository{
		Name: "base/node", Account: runners, Region: region, Stack: "runners", KeepUntagged: 1,
		PulledBy: []identity.AccountID{images},
	}
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
			Way:            fleet.WayPodIdentity,
			Role:           "web-runner",
			Policy:         "web-runner-take",
			TargetRole: &fleet.TargetRole{
				Account: images, Role: "web-push", Policy: "web-push", Stack: "images",
			},
			PushesTo:  []fleet.ImageRepository{app},
			PullsFrom: []fleet.ImageRepository{base},
			Image:     "ghcr.io/actions/actions-runner:2.337.0",
		}},
	}
}
