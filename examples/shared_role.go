package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// SharedRole has small and large runners for one product, and one role for both: the small
// pool's, which trusts the large one's ServiceAccount as well.
func SharedRole() fleet.Fleet {
	cluster := fleet.Cluster{Name: "platform", Account: "111122223333", Region: "us-east-1", Stack: "runners"}
	app := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	pool := func(name string) fleet.Pool {
		return fleet.Pool{
			Name:             identity.PoolName("web-" + name),
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-web-" + name)},
			Namespace:        "web-runners",
			ServiceAccount:   identity.ServiceAccount(name),
			RunnerDeployment: identity.RunnerDeployment(name),
			Way:              fleet.WayPodIdentity,
			Role:             "web-runner",
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}
	}
	small, large := pool("small"), pool("large")
	small.Policy, small.AlsoTrusts = "web-runner-push", []identity.Subject{large.Subject()}
	large.ExistingRole = true
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools:             []fleet.Pool{small, large},
	}
}
