package migrate_test

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// pools is the fleet that the source repositories of the tests are migrated to: the article's
// pool with another image repository, a scale set with EKS Pod Identity for an organization, two
// pools whose image repositories are in another account, of which one has a target role there, and
// one whose jobs run in separate Pods.
func pools() fleet.Fleet {
	us := fleet.Cluster{
		Name: "us", Account: "111122223333", Region: "us-east-1", Stack: "runners-us",
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	eu := fleet.Cluster{
		Name: "eu", Account: "444455556666", Region: "eu-west-1", Stack: "runners-eu",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	image := func(name identity.ImageRepositoryName, cluster fleet.Cluster) fleet.ImageRepository {
		return fleet.ImageRepository{Name: name, Account: cluster.Account, Region: cluster.Region, Stack: cluster.Stack, KeepUntagged: 10}
	}
	app, worker, cached := image("my-app", us), image("my-worker", us), image("cached", us)
	cached.MutableTags = []string{"cache-*", "latest"}
	web, api := image("shop/web", eu), image("shop/api", eu)
	central := fleet.ImageRepository{Name: "central", Account: "777788889999", Region: "us-east-1", Stack: "central", KeepUntagged: 10}
	push := pool("push", us, app, worker, cached)
	push.Scope = fleet.Scope{SourceRepository: "octo-org/my-app"}
	push.Labels = []identity.RunnerLabel{"push-my-app"}
	shop := pool("shop", eu, web, api)
	shop.Scope = fleet.Scope{Organization: "acme"}
	shop.RunnerDeployment, shop.Replicas = "", 0
	shop.Image = "ghcr.io/actions/actions-runner:2.337.0"
	shop.Way = fleet.WayPodIdentity
	shop.ScaleSet = &fleet.ScaleSet{Name: "shop-build", MaxRunners: 5, GitHubConfigSecret: "github-app"}
	other := pool("central", us, central)
	other.Scope = fleet.Scope{Organization: "umbrella"}
	other.Labels = []identity.RunnerLabel{"push-central"}
	central.PushedBy = []identity.RoleARN{other.RoleARN()}
	other.PushesTo = []fleet.ImageRepository{central}
	hop := pool("hop", us, fleet.ImageRepository{Name: "hop", Account: "777788889999", Region: "us-east-1", Stack: "central", KeepUntagged: 10})
	hop.Scope = fleet.Scope{Organization: "remote"}
	hop.Labels = []identity.RunnerLabel{"push-hop"}
	hop.Way = fleet.WayPodIdentity
	hop.TargetRole = &fleet.TargetRole{Account: "777788889999", Role: "push-hop", Policy: "push-hop", Stack: "central"}
	cell := pool("cell", eu, image("cell", eu))
	cell.Scope = fleet.Scope{Organization: "cells"}
	cell.RunnerDeployment, cell.Replicas, cell.Image, cell.Way = "", 0, shop.Image, fleet.WayPodIdentity
	cell.ScaleSet = &fleet.ScaleSet{
		Name: "push-cell", MaxRunners: 5, GitHubConfigSecret: "github-app", ContainerMode: &fleet.ContainerMode{RunnerServiceAccount: "cell-starter"},
	}
	cell.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit-client"}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{us, eu},
		ImageRepositories: []fleet.ImageRepository{app, worker, cached, web, api, central, hop.PushesTo[0], cell.PushesTo[0]},
		Pools:             []fleet.Pool{push, shop, other, hop, cell},
	}
}

// pool is a pool whose names all follow from its own.
func pool(name identity.PoolName, cluster fleet.Cluster, pushesTo ...fleet.ImageRepository) fleet.Pool {
	return fleet.Pool{
		Name:             name,
		Cluster:          cluster,
		Namespace:        "runners",
		ServiceAccount:   identity.ServiceAccount(name + "-runner"),
		RunnerDeployment: identity.RunnerDeployment(name),
		Role:             identity.RoleName("runner-" + name),
		Policy:           identity.PolicyName("push-" + name),
		PushesTo:         pushesTo,
		Replicas:         1,
		Image:            "ghcr.io/octo-org/runner:2.337.0",
	}
}
