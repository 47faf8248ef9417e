package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// BlueGreen runs one pool in two clusters, with one role: while the fleet moves from "blue"
// to "green", a job may land on either and pushes from both. Afterwards, the pool is
// declared with Cluster green and without AlsoIn.
//
// The role's trust grows by a statement for each cluster, of which IAM's quota has room for
// four.
func BlueGreen() fleet.Fleet {
	blue := fleet.Cluster{
		Name:    "blue",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "blue",
	}
	green := fleet.Cluster{
		Name:    "green",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210",
		Stack:   "green",
	}
	web := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	api := fleet.ImageRepository{Name: "api", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	f := fleet.Fleet{
		Clusters:          []fleet.Cluster{blue, green},
		ImageRepositories: []fleet.ImageRepository{web, api},
	}
	for _, team := range []struct {
		name string
		way  fleet.Way
		app  fleet.ImageRepository
	}{
		{"web", fleet.WayIRSA, web},
		{"api", fleet.WayPodIdentity, api},
	} {
		f.Pools = append(f.Pools, fleet.Pool{
			Name:             identity.PoolName(team.name),
			Cluster:          blue,
			AlsoIn:           []fleet.Cluster{green},
			Stack:            "runners",
			Scope:            fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + team.name)},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-" + team.name)},
			Namespace:        identity.Namespace(team.name + "-runners"),
			ServiceAccount:   "runner",
			RunnerDeployment: identity.RunnerDeployment(team.name),
			Way:              team.way,
			Role:             identity.RoleName(team.name + "-runner"),
			Policy:           identity.PolicyName(team.name + "-runner-push"),
			PushesTo:         []fleet.ImageRepository{team.app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		})
	}
	return f
}
