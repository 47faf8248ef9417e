package examples

import (
	"keyless-runners/fleet"
)

// ScaleSet has runners of GitHub's own kind for all of an organization: none while there
// is nothing to do, and up to fifty. The GitHub App's key is in the Secret "github-app" of
// the namespace, which is not rendered.
func ScaleSet() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
		Controller: fleet.Controller{
			Version:        "0.14.2",
			Namespace:      "arc-systems",
			ServiceAccount: "arc-gha-rs-controller",
		},
	}
	web := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	api := fleet.ImageRepository{Name: "api", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web, api},
		Pools: []fleet.Pool{{
			Name:           "apps",
			Cluster:        cluster,
			Scope:          fleet.Scope{Organization: "octo-org"},
			Group:          "Image builds",
			Namespace:      "app-runners",
			ServiceAccount: "runner",
			ScaleSet: &fleet.ScaleSet{
				Name:               "push-apps",
				MaxRunners:         50,
				GitHubConfigSecret: "github-app",
			},
			Role:     "apps-runner",
			Policy:   "apps-runner-push",
			PushesTo: []fleet.ImageRepository{web, api},
			Image:    "ghcr.io/actions/actions-runner:2.337.0",
		}},
	}
}
