package examples

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Builders has pools that build without a privileged container, in three ways: with BuildKit
// beside the runner, for two platforms and with a secret in the build; with a BuildKit that
// they share; and with ko, which needs none. Each namespace admits no more than its
// builder needs.
func Builders() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	pool := func(name string) fleet.Pool {
		app := fleet.ImageRepository{Name: identity.ImageRepositoryName(name), Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
		f.ImageRepositories = append(f.ImageRepositories, app)
		return fleet.Pool{
			Name:           identity.PoolName(name),
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + name)},
			Namespace:      identity.Namespace(name + "-runners"),
			ServiceAccount: "runner",
			Role:           identity.RoleName(name + "-runner"),
			Policy:         identity.PolicyName(name + "-runner-push"),
			PushesTo:       []fleet.ImageRepository{app},
		}
	}
	scaleSet := func(name identity.ScaleSet) *fleet.ScaleSet {
		return &fleet.ScaleSet{Name: name, MaxRunners: 10, GitHubConfigSecret: "github-app"}
	}

	web := pool("web")
	web.ScaleSet, web.Image = scaleSet("push-web"), "ghcr.io/actions/actions-runner:2.337.0"
	web.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{}
	web.Workflow = fleet.Workflow{
		Platforms:    []string{"linux/amd64", "linux/arm64"},
		BuildArgs:    map[string]string{"NODE_VERSION": "24"},
		BuildSecrets: map[string]string{"npm": "NPM_TOKEN"},
	}

	legacy := pool("legacy")
	legacy.RunnerDeployment, legacy.Labels = "legacy", []identity.RunnerLabel{"push-legacy"}
	legacy.Replicas, legacy.Image = 1, "summerwind/actions-runner:v2.337.0-ubuntu-22.04"
	legacy.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{}

	api := pool("api")
	api.ScaleSet, api.Image = scaleSet("push-api"), "ghcr.io/actions/actions-runner:2.337.0"
	api.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit-client"}
	f.NamespaceSettings = []fleet.NamespaceSettings{{
		Cluster: cluster, Name: "api-runners", NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{443, 1234}},
	}}

	tool := pool("tool")
	tool.ScaleSet, tool.Image = scaleSet("push-tool"), "registry.example.com/platform/actions-runner-ko:2.337.0"
	tool.Builder.Script = `KO_DOCKER_REPO="$ECR_REGISTRY/$ECR_REPOSITORY" ko build --bare --tags "$IMAGE_TAG" ./cmd/tool`

	f.Pools = []fleet.Pool{web, legacy, api, tool}
	return f
}
