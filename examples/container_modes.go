package examples

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// ContainerModes runs each job in a separate Pod, which has the role in the runner's place:
// with a volume that runner and job share, and a BuildKit that several pools build with; and
// without a volume, by EKS Pod Identity, in an image with ko. No container is privileged.
func ContainerModes() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	pool := func(name string, mode fleet.ContainerMode) fleet.Pool {
		app := fleet.ImageRepository{Name: identity.ImageRepositoryName(name), Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
		f.ImageRepositories = append(f.ImageRepositories, app)
		mode.RunnerServiceAccount = "runner"
		return fleet.Pool{
			Name:           identity.PoolName(name),
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + name)},
			Namespace:      identity.Namespace(name + "-runners"),
			ServiceAccount: "job",
			ScaleSet: &fleet.ScaleSet{
				Name: identity.ScaleSet("push-" + name), MaxRunners: 10, GitHubConfigSecret: "github-app", ContainerMode: &mode,
			},
			Role:     identity.RoleName(name + "-job"),
			Policy:   identity.PolicyName(name + "-job-push"),
			PushesTo: []fleet.ImageRepository{app},
			Image:    "ghcr.io/actions/actions-runner:2.337.0",
		}
	}

	storage := "gp3"
	web := pool("web", fleet.ContainerMode{
		KubernetesModeWorkVolumeClaim: &corev1.PersistentVolumeClaimSpec{
			AccessModes:      []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			StorageClassName: &storage,
			Resources:        corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("10Gi")}},
		},
		Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("500m"), corev1.ResourceMemory: resource.MustParse("1Gi")}},
	})
	web.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit-client"}

	tool := pool("tool", fleet.ContainerMode{Image: "registry.example.com/platform/ko:0.18.0"})
	tool.Way = fleet.WayPodIdentity
	tool.Builder.Script = `KO_DOCKER_REPO="$ECR_REGISTRY/$ECR_REPOSITORY" ko build --bare --tags "$IMAGE_TAG" ./cmd/tool`
	tool.Pod = fleet.Pod{
		NodeSelector: map[string]string{"pool": "runners"},
		Tolerations:  []corev1.Toleration{{Key: "runners", Operator: corev1.TolerationOpExists, Effect: corev1.TaintEffectNoSchedule}},
	}

	f.Pools = []fleet.Pool{web, tool}
	return f
}
