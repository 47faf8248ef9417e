package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// CentralRegistry pushes from the account of the runners to that of the images, which the
// whole organization may pull from. Images are encrypted with the registry's own key,
// released ones are kept for a year, and the tags of the build cache may be moved.
//
// Deploy the stack "runners" first: the policy of the image repository names its role.
func CentralRegistry() fleet.Fleet {
	const (
		runners  = identity.AccountID("111122223333")
		registry = identity.AccountID("444455556666")
		region   = identity.Region("us-east-1")
	)
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: runners,
		Region:  region,
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	app := fleet.ImageRepository{
		Name:         "shop/web",
		Account:      registry,
		Region:       region,
		Stack:        "images",
		KeepUntagged: 10,
		Lifecycle: []fleet.LifecycleRule{
			{TagPatterns: []string{"cache-*"}, KeepDays: 14},
			{TagPatterns: []string{"*"}, KeepDays: 365},
		},
		MutableTags:          []string{"cache-*"},
		KMSKey:               identity.KMSKeyARN{Partition: identity.PartitionAWS, Region: region, Account: registry, ID: "01234567-89ab-cdef-0123-456789abcdef"},
		PushedBy:             []identity.RoleARN{{Partition: identity.PartitionAWS, Account: runners, Path: "/", Name: "web-runner"}},
		PulledByOrganization: "o-a1b2c3d4e5",
	}
	base := fleet.ImageRepository{
		Name: "base/node", Account: registry, Region: region, Stack: "images", KeepUntagged: 1,
		PulledBy: []identity.AccountID{runners},
	}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app, base},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{app},
			PullsFrom:        []fleet.ImageRepository{base},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
