package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// ExistingRole takes over a role that is made elsewhere, and that the small and the large
// runners share by EKS Pod Identity: only their associations are created.
// existing-role/account.json is what "aws iam get-account-authorization-details --filter
// Role LocalManagedPolicy" shows of it.
func ExistingRole() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	app := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}, ImageRepositories: []fleet.ImageRepository{app}}
	for _, size := range []string{"small", "large"} {
		f.Pools = append(f.Pools, fleet.Pool{
			Name:           identity.PoolName("web-" + size),
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: "octo-org/web"},
			Namespace:      "web-runners",
			ServiceAccount: identity.ServiceAccount(size),
			ScaleSet:       &fleet.ScaleSet{Name: identity.ScaleSet("push-web-" + size), MaxRunners: 10, GitHubConfigSecret: "github-app"},
			Way:            fleet.WayPodIdentity,
			RolePath:       "/ci/",
			Role:           "web-push",
			ExistingRole:   true,
			PushesTo:       []fleet.ImageRepository{app},
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
		})
	}
	return f
}
