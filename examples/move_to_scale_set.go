package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// MoveToScaleSet is a fleet on its way from RunnerDeployments to scale sets, one pool at a
// time: "api" has moved, "web" is to come. ServiceAccount, role and policy stay, so nothing
// is deployed to AWS.
//
// Apply the pool's manifests, and let the workflow with the new runs-on come to the default
// branch. The RunnerDeployment is not in the manifests any more, and serves jobs of the old
// workflow until it is deleted:
//
//	kubectl delete runnerdeployment --namespace api-runners --selector app.kubernetes.io/instance=api
func MoveToScaleSet() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	image := func(name identity.ImageRepositoryName) fleet.ImageRepository {
		return fleet.ImageRepository{Name: name, Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	}
	api, web := image("api"), image("web")
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{api, web},
		Pools: []fleet.Pool{
			{
				Name:           "api",
				Cluster:        cluster,
				Scope:          fleet.Scope{SourceRepository: "octo-org/api"},
				Namespace:      "api-runners",
				ServiceAccount: "runner",
				ScaleSet:       &fleet.ScaleSet{Name: "push-api", MinRunners: 1, MaxRunners: 10, GitHubConfigSecret: "github-app"},
				Role:           "api-runner",
				Policy:         "api-runner-push",
				PushesTo:       []fleet.ImageRepository{api},
				Image:          "ghcr.io/actions/actions-runner:2.337.0",
			},
			{
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
				Autoscaling:      &fleet.Autoscaling{MinReplicas: 1, MaxReplicas: 10},
				Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			},
		},
	}
}
