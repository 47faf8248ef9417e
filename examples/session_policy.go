package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// SessionPolicy lets two teams share a role that is made elsewhere and may push to the image
// repositories of all: the session policy of each pool's association leaves its Pods its own.
// session-policy/account.json is what "aws iam get-account-authorization-details --filter
// Role LocalManagedPolicy" shows of the role.
func SessionPolicy() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	for _, team := range []string{"shop", "search"} {
		app := fleet.ImageRepository{Name: identity.ImageRepositoryName("apps/" + team), Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, fleet.Pool{
			Name:           identity.PoolName(team),
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + team)},
			Namespace:      identity.Namespace(team + "-runners"),
			ServiceAccount: "runner",
			ScaleSet:       &fleet.ScaleSet{Name: identity.ScaleSet("push-" + team), MaxRunners: 10, GitHubConfigSecret: "github-app"},
			Way:            fleet.WayPodIdentity,
			RolePath:       "/ci/",
			Role:           "apps-push",
			ExistingRole:   true,
			SessionPolicy:  true,
			PushesTo:       []fleet.ImageRepository{app},
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
		})
	}
	return f
}
