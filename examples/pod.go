package examples

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Pod has runners on dedicated nodes, spread over zones, with room for large builds:
// the layers of Docker are on a volume that comes and goes with the Pod. Everything leaves
// the cluster through a proxy, and images of Docker Hub come from a mirror.
func Pod() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	app := fleet.ImageRepository{Name: "monolith", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	tenMinutes := int64(600)
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools: []fleet.Pool{{
			Name:             "monolith",
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: "octo-org/monolith"},
			Labels:           []identity.RunnerLabel{"push-monolith"},
			Namespace:        "monolith-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "monolith",
			Role:             "monolith-runner",
			Policy:           "monolith-runner-push",
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         3,
			Image:            "registry.example.com/platform/actions-runner:v2.337.0-ubuntu-24.04",
			ImagePullPolicy:  corev1.PullIfNotPresent,
			Pod: fleet.Pod{
				Labels:       map[string]string{"team": "monolith"},
				Annotations:  map[string]string{"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"},
				NodeSelector: map[string]string{"karpenter.sh/nodepool": "runners", corev1.LabelArchStable: "amd64"},
				Tolerations:  []corev1.Toleration{{Key: "runners", Operator: corev1.TolerationOpExists, Effect: corev1.TaintEffectNoSchedule}},
				Affinity: &corev1.Affinity{NodeAffinity: &corev1.NodeAffinity{
					PreferredDuringSchedulingIgnoredDuringExecution: []corev1.PreferredSchedulingTerm{{
						Weight: 100,
						Preference: corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{
							Key: "karpenter.k8s.aws/instance-local-nvme", Operator: corev1.NodeSelectorOpGt, Values: []string{"100"},
						}}},
					}},
				}},
				TopologySpreadConstraints: []corev1.TopologySpreadConstraint{{
					MaxSkew:           1,
					TopologyKey:       corev1.LabelTopologyZone,
					WhenUnsatisfiable: corev1.ScheduleAnyway,
					LabelSelector:     &metav1.LabelSelector{MatchLabels: map[string]string{"team": "monolith"}},
				}},
				PriorityClassName: "builds",
				ImagePullSecrets:  []corev1.LocalObjectReference{{Name: "registry-example-com"}},
				HostAliases:       []corev1.HostAlias{{IP: "10.0.12.7", Hostnames: []string{"artifacts.internal"}}},
				Volumes: []corev1.Volume{
					{Name: "layers", VolumeSource: corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{
						VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{Spec: corev1.PersistentVolumeClaimSpec{
							AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
							Resources:   corev1.ResourceRequirements{Requests: corev1.ResourceList{"storage": resource.MustParse("100Gi")}},
						}},
					}}},
					{Name: "maven", VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
						LocalObjectReference: corev1.LocalObjectReference{Name: "maven-settings"},
					}}},
				},
				TerminationGracePeriodSeconds: &tenMinutes,
			},
			Resources: corev1.ResourceRequirements{
				Requests: corev1.ResourceList{"cpu": resource.MustParse("1"), "memory": resource.MustParse("2Gi"), "ephemeral-storage": resource.MustParse("10Gi")},
				Limits:   corev1.ResourceList{"memory": resource.MustParse("2Gi"), "ephemeral-storage": resource.MustParse("20Gi")},
			},
			Env: []corev1.EnvVar{
				{Name: "RUNNER_GRACEFUL_STOP_TIMEOUT", Value: "590"},
				{Name: "NPM_TOKEN", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
					LocalObjectReference: corev1.LocalObjectReference{Name: "npm"}, Key: "token",
				}}},
			},
			VolumeMounts: []corev1.VolumeMount{{Name: "maven", MountPath: "/home/runner/.m2", ReadOnly: true}},
			Proxy:        &fleet.Proxy{HTTPS: "http://proxy.example.com:3128", NoProxy: []string{"10.0.0.0/8", ".svc", ".dkr.ecr.us-east-1.amazonaws.com"}},
			Builder: fleet.Builder{Docker: &fleet.Docker{
				Resources: corev1.ResourceRequirements{
					Requests: corev1.ResourceList{"cpu": resource.MustParse("4"), "memory": resource.MustParse("8Gi")},
					Limits:   corev1.ResourceList{"memory": resource.MustParse("8Gi")},
				},
				Env:            []corev1.EnvVar{{Name: "DOCKER_DRIVER", Value: "overlay2"}},
				VolumeMounts:   []corev1.VolumeMount{{Name: "layers", MountPath: "/var/lib/docker"}},
				RegistryMirror: "https://docker-hub.example.com",
				MTU:            1400,
			}},
		}},
	}
}
