package fleettest

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Large is a fleet of every kind of value: three partitions, a provider and an
// image repository that exist already, a role with a path, each scope, a pool
// with a separate stack, autoscaling, resources, environment and tags, and
// twelve pools that differ in their names alone.
func Large() fleet.Fleet {
	us := fleet.Cluster{
		Name: "us", Account: "111122223333", Region: "us-east-1", Stack: "runners-us",
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	china := fleet.Cluster{
		Name: "china", Account: "444455556666", Region: "cn-north-1", Stack: "runners-china",
		Issuer: "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210",
	}
	gov := fleet.Cluster{
		Name: "gov", Account: "777788889999", Region: "us-gov-west-1", Stack: "runners-gov",
		Issuer:           "https://oidc.eks.us-gov-west-1.amazonaws.com/id/00112233445566778899AABBCCDDEEFF",
		ExistingProvider: true,
	}
	web := fleet.ImageRepository{Name: "shop/web", Account: us.Account, Region: us.Region, Stack: us.Stack, KeepUntagged: 5}
	api := fleet.ImageRepository{Name: "shop/api", Account: us.Account, Region: us.Region, Stack: us.Stack, KeepUntagged: 5}
	base := fleet.ImageRepository{Name: "base", Account: us.Account, Region: "us-west-2", Existing: true}
	chinaApp := fleet.ImageRepository{Name: "app", Account: china.Account, Region: china.Region, Stack: china.Stack, KeepUntagged: 1}
	govApp := fleet.ImageRepository{Name: "app", Account: gov.Account, Region: gov.Region, Stack: gov.Stack, KeepUntagged: 100}

	f := fleet.Fleet{
		Clusters:          []fleet.Cluster{us, china, gov},
		ImageRepositories: []fleet.ImageRepository{web, api, base, chinaApp, govApp},
		Tags:              map[string]string{"team": "platform", "cost-center": "4711"},
	}
	shop := pool("shop", us, web, api)
	shop.Scope = fleet.Scope{Organization: "octo-org"}
	shop.Group = "Production builds"
	shop.RolePath = "/runners/shop/"
	shop.Replicas = 0
	shop.Autoscaling = &fleet.Autoscaling{MinReplicas: 2, MaxReplicas: 20}
	shop.Resources = corev1.ResourceRequirements{
		Requests: corev1.ResourceList{"cpu": resource.MustParse("500m"), "memory": resource.MustParse("1Gi")},
		Limits:   corev1.ResourceList{"memory": resource.MustParse("2Gi")},
	}
	shop.Builder.Docker = &fleet.Docker{Resources: corev1.ResourceRequirements{
		Requests: corev1.ResourceList{"cpu": resource.MustParse("2"), "memory": resource.MustParse("4Gi")},
		Limits:   corev1.ResourceList{"cpu": resource.MustParse("4"), "memory": resource.MustParse("8Gi")},
	}}
	shop.Env = []corev1.EnvVar{{Name: "GOFLAGS", Value: "-trimpath"}}

	crossRegion := pool("base", us, base)
	crossRegion.Stack = "runners-us-base"
	crossRegion.Scope = fleet.Scope{SourceRepository: "octo-org/base"}

	f.Pools = append(f.Pools, shop, crossRegion, pool("china", china, chinaApp))
	enterprise := pool("gov", gov, govApp)
	enterprise.Scope = fleet.Scope{Enterprise: "octo-enterprise"}
	f.Pools = append(f.Pools, enterprise)
	for i := range 12 {
		f.Pools = append(f.Pools, pool(identity.PoolName(fmt.Sprintf("team-%02d", i+1)), us, web))
	}
	return f
}

// pool is a pool whose names all follow from its own.
func pool(name identity.PoolName, cluster fleet.Cluster, pushesTo ...fleet.ImageRepository) fleet.Pool {
	return fleet.Pool{
		Name:             name,
		Cluster:          cluster,
		Scope:            fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + name)},
		Labels:           []identity.RunnerLabel{"linux", "x64", identity.RunnerLabel("push-" + name)},
		Namespace:        "runners",
		ServiceAccount:   identity.ServiceAccount(name + "-runner"),
		RunnerDeployment: identity.RunnerDeployment(name),
		RolePath:         "/runners/",
		Role:             identity.RoleName("runner-" + name),
		Policy:           identity.PolicyName("push-" + name),
		PushesTo:         pushesTo,
		Replicas:         1,
		Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
	}
}
