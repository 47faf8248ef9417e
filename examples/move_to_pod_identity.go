package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// MoveToPodIdentity is a fleet on its way from IRSA to EKS Pod Identity, one pool at a time:
// "api" has moved, "web" is between, "docs" is to come.
//
// Declare WayBoth for a pool first, and copy its workflow, which accepts both, before you
// deploy: new Pods use EKS Pod Identity then, and those that run keep IRSA. When no Pod is left
// that has AWS_ROLE_ARN, declare WayPodIdentity.
func MoveToPodIdentity() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	for _, team := range []struct {
		name    string
		way     fleet.Way
		waivers fleet.Waivers
	}{
		{"api", fleet.WayPodIdentity, fleet.Waivers{}},
		{"web", fleet.WayBoth, fleet.Waivers{ServiceAccount: map[string]string{"KR122": "the pool is moving; the annotation goes when no Pod uses it"}}},
		{"docs", fleet.WayIRSA, fleet.Waivers{}},
	} {
		app := fleet.ImageRepository{
			Name:    identity.ImageRepositoryName(team.name),
			Account: "111122223333", Region: "us-east-1", Stack: "runners",
			KeepUntagged: 10,
		}
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, fleet.Pool{
			Name:             identity.PoolName(team.name),
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + team.name)},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-" + team.name)},
			Namespace:        identity.Namespace(team.name + "-runners"),
			ServiceAccount:   "runner",
			RunnerDeployment: identity.RunnerDeployment(team.name),
			Way:              team.way,
			Role:             identity.RoleName(team.name + "-runner"),
			Policy:           identity.PolicyName(team.name + "-runner-push"),
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			Waivers:          team.waivers,
		})
	}
	return f
}
