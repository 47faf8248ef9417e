package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// OneLabel has runners on Spot and on On-Demand nodes behind one label: a job gets whichever is
// free. They have one role, so it does the same on both.
func OneLabel() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	web := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	pool := func(capacity string, replicas int) fleet.Pool {
		return fleet.Pool{
			Name:             identity.PoolName("web-" + capacity),
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   identity.ServiceAccount(capacity),
			RunnerDeployment: identity.RunnerDeployment(capacity),
			Role:             "web-push",
			PushesTo:         []fleet.ImageRepository{web},
			Replicas:         replicas,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			Pod:              fleet.Pod{NodeSelector: map[string]string{"karpenter.sh/capacity-type": capacity}},
		}
	}
	onDemand, spot := pool("on-demand", 1), pool("spot", 4)
	onDemand.Policy, onDemand.AlsoTrusts = "web-push", []identity.Subject{spot.Subject()}
	spot.ExistingRole = true
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{web},
		Pools:             []fleet.Pool{onDemand, spot},
	}
}
