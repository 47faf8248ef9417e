package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Deployment has GitHub Actions deploy the fleet: jobs of the environment "production" of
// octo-org/runners take a role by GitHub's own OIDC, and pull requests one that reads the
// deployed templates. People deploy its stack once, before the first job.
func Deployment() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	web := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "images", KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "build",
			RunnerDeployment: "build",
			Role:             "web-push",
			Policy:           "web-push",
			PushesTo:         []fleet.ImageRepository{web},
			Replicas:         2,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
		Deployments: []fleet.Deployment{{
			Stack:            "github-actions",
			Account:          "111122223333",
			Region:           "us-east-1",
			Stacks:           []identity.StackName{"images", "runners"},
			SourceRepository: "octo-org/runners",
			OwnerID:          123456,
			RepositoryID:     456789,
			Environment:      "production",
			DeployRole:       "github-deploy",
			DiffRole:         "github-diff",
		}},
	}
}
