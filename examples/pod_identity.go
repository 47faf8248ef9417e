package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// PodIdentity gets the role by EKS Pod Identity. No OIDC provider is needed, so the cluster
// has no issuer; EKSName is what "aws eks list-clusters" prints.
func PodIdentity() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "prod",
		EKSName: "platform-prod-1",
		Account: "111122223333",
		Region:  "eu-central-1",
		Stack:   "runners",
	}
	app := fleet.ImageRepository{Name: "shop/web", Account: "111122223333", Region: "eu-central-1", Stack: "runners", KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			Way:              fleet.WayPodIdentity,
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         2,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
