package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Environments is one pool in three accounts, as a loop. Each push to main builds for "dev"
// and "stage", and a tag of a version for "prod", after an approval that the source
// repository's environment asks for.
func Environments() fleet.Fleet {
	var f fleet.Fleet
	for _, env := range []struct {
		name     string
		account  identity.AccountID
		region   identity.Region
		issuer   identity.Issuer
		workflow fleet.Workflow
	}{
		{"dev", "111111111111", "us-east-1", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE1", fleet.Workflow{}},
		{"stage", "222222222222", "us-east-1", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE2", fleet.Workflow{}},
		{"prod", "333333333333", "eu-central-1", "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE3", fleet.Workflow{Tags: []string{"v*"}, Environment: "production"}},
	} {
		stack := identity.StackName(env.name + "-runners")
		cluster := fleet.Cluster{Name: identity.ClusterName(env.name), Account: env.account, Region: env.region, Issuer: env.issuer, Stack: stack}
		app := fleet.ImageRepository{Name: "my-app", Account: env.account, Region: env.region, Stack: stack, KeepUntagged: 10}
		f.Clusters = append(f.Clusters, cluster)
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, fleet.Pool{
			Name:             identity.PoolName(env.name + "-my-app"),
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/my-app"},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-" + env.name)},
			Namespace:        "my-app-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "my-app",
			Role:             "my-app-runner",
			Policy:           "my-app-runner-push",
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			Workflow:         env.workflow,
		})
	}
	return f
}
