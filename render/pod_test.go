package render_test

import (
	"testing"

	arc "github.com/actions/actions-runner-controller/apis/actions.summerwind.net/v1alpha1"
	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func pointer[T any](value T) *T { return &value }

// fullPod sets every field of a Pod.
func fullPod() fleet.Pod {
	selector := &metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{{Key: "team", Operator: "In", Values: []string{"web"}}}}
	term := corev1.PodAffinityTerm{LabelSelector: selector, NamespaceSelector: &metav1.LabelSelector{}, Namespaces: []string{"other"}, TopologyKey: "zone"}
	nodes := corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{Key: "arch", Operator: "In", Values: []string{"amd64", "arm64"}}}}
	claim := corev1.PersistentVolumeClaimSpec{
		AccessModes:      []corev1.PersistentVolumeAccessMode{"ReadWriteOnce"},
		StorageClassName: pointer("gp3"),
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{"storage": quantity.MustParse("50Gi")},
			Limits:   corev1.ResourceList{"storage": quantity.MustParse("100Gi")},
		},
	}
	return fleet.Pod{
		Labels:       map[string]string{"team": "web"},
		Annotations:  map[string]string{"karpenter.sh/do-not-disrupt": "false", "note": "a: b #"},
		NodeSelector: map[string]string{"pool": "runners"},
		Tolerations:  []corev1.Toleration{{Key: "a", Operator: "Equal", Value: "b", Effect: "NoExecute", TolerationSeconds: pointer(int64(60))}, {Operator: "Exists"}},
		Affinity: &corev1.Affinity{
			NodeAffinity: &corev1.NodeAffinity{
				RequiredDuringSchedulingIgnoredDuringExecution:  &corev1.NodeSelector{NodeSelectorTerms: []corev1.NodeSelectorTerm{nodes}},
				PreferredDuringSchedulingIgnoredDuringExecution: []corev1.PreferredSchedulingTerm{{Weight: 7, Preference: nodes}},
			},
			PodAffinity:     &corev1.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: []corev1.PodAffinityTerm{term}},
			PodAntiAffinity: &corev1.PodAntiAffinity{PreferredDuringSchedulingIgnoredDuringExecution: []corev1.WeightedPodAffinityTerm{{Weight: 9, PodAffinityTerm: term}}},
		},
		TopologySpreadConstraints: []corev1.TopologySpreadConstraint{{
			MaxSkew: 2, TopologyKey: "zone", WhenUnsatisfiable: "DoNotSchedule", LabelSelector: selector,
			MinDomains: pointer(int32(3)), NodeAffinityPolicy: pointer(corev1.NodeInclusionPolicyIgnore), MatchLabelKeys: []string{"team"},
		}},
		PriorityClassName: "builds",
		ImagePullSecrets:  []corev1.LocalObjectReference{{Name: "registry"}},
		HostAliases:       []corev1.HostAlias{{IP: "10.0.0.1", Hostnames: []string{"a.internal", "b.internal"}}},
		Volumes: []corev1.Volume{
			{Name: "empty", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}},
			{Name: "sized", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{Medium: "Memory", SizeLimit: pointer(quantity.MustParse("1Gi"))}}},
			{Name: "claim", VolumeSource: corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{
				ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{"a": "b"}}, Spec: claim,
			}}}},
			{Name: "shared", VolumeSource: corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: "cache", ReadOnly: true}}},
			{Name: "config", VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
				LocalObjectReference: corev1.LocalObjectReference{Name: "config"}, Items: []corev1.KeyToPath{{Key: "a", Path: "b"}}, DefaultMode: pointer(int32(0o440)), Optional: pointer(true),
			}}},
			{Name: "secret", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "secret"}}},
			{Name: "vault", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
				{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{Audience: "vault", ExpirationSeconds: pointer(int64(600)), Path: "token"}},
			}}}},
			{Name: "csi", VolumeSource: corev1.VolumeSource{CSI: &corev1.CSIVolumeSource{Driver: "secrets-store.csi.k8s.io", ReadOnly: pointer(true), VolumeAttributes: map[string]string{"secretProviderClass": "npm"}}}},
			{Name: "nfs", VolumeSource: corev1.VolumeSource{NFS: &corev1.NFSVolumeSource{Server: "10.0.0.2", Path: "/export"}}},
		},
		SecurityContext: &corev1.PodSecurityContext{
			SupplementalGroups: []int64{2000}, FSGroupChangePolicy: pointer(corev1.FSGroupChangeOnRootMismatch),
			SeccompProfile: &corev1.SeccompProfile{Type: "RuntimeDefault"}, Sysctls: []corev1.Sysctl{{Name: "net.core.somaxconn", Value: "1024"}},
		},
		TerminationGracePeriodSeconds: pointer(int64(600)),
	}
}

// Kubernetes' own types read what the bindings wrote, and find in it what was declared.
func TestEveryFieldOfThePodArrives(t *testing.T) {
	f := fleettest.Article()
	pool := &f.Pools[0]
	pool.Pod, pool.ImagePullPolicy = fullPod(), "Never"
	pool.VolumeMounts = []corev1.VolumeMount{{Name: "shared", MountPath: "/cache", SubPath: "web", ReadOnly: true}}
	pool.Env = []corev1.EnvVar{
		{Name: "A", Value: "a"},
		{Name: "B", ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "config"}, Key: "b", Optional: pointer(true)}}},
		{Name: "C", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "secret"}, Key: "c"}}},
		{Name: "D", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "spec.nodeName"}}},
	}
	pool.Proxy = &fleet.Proxy{HTTP: "http://proxy:3128", NoProxy: []string{".svc"}}
	docker := fleet.Docker{
		VolumeMounts:   []corev1.VolumeMount{{Name: "claim", MountPath: "/var/lib/docker"}},
		Env:            []corev1.EnvVar{{Name: "E", Value: "e"}},
		RegistryMirror: "https://mirror.example.com", MTU: 1400,
	}
	pool.Builder.Docker = &docker
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	proxy := []corev1.EnvVar{
		{Name: "HTTP_PROXY", Value: "http://proxy:3128"}, {Name: "http_proxy", Value: "http://proxy:3128"},
		{Name: "NO_PROXY", Value: "169.254.170.23,[fd00:ec2::23],.svc"}, {Name: "no_proxy", Value: "169.254.170.23,[fd00:ec2::23],.svc"},
	}
	pod := fullPod()
	pod.SecurityContext.FSGroup = pointer(int64(1001))
	want := arc.RunnerTemplate{
		ObjectMeta: metav1.ObjectMeta{
			Labels:      map[string]string{"team": "web"},
			Annotations: map[string]string{"eks.amazonaws.com/skip-containers": "docker", "karpenter.sh/do-not-disrupt": "false", "note": "a: b #"},
		},
		Spec: arc.RunnerSpec{
			RunnerConfig: arc.RunnerConfig{
				Repository: "octo-org/my-app", Labels: []string{"push-my-app"}, Ephemeral: pointer(true),
				Image:                        "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
				DockerdWithinRunnerContainer: pointer(false), DockerEnabled: pointer(true),
				DockerMTU: pointer(int64(1400)), DockerRegistryMirror: pointer("https://mirror.example.com"),
			},
			RunnerPodSpec: arc.RunnerPodSpec{
				ServiceAccountName: "self-hosted-runner-service-account", AutomountServiceAccountToken: pointer(false), ImagePullPolicy: "Never",
				Env:                append(append([]corev1.EnvVar{{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"}}, proxy...), pool.Env...),
				DockerEnv:          append(proxy[:4:4], corev1.EnvVar{Name: "E", Value: "e"}),
				VolumeMounts:       pool.VolumeMounts,
				DockerVolumeMounts: docker.VolumeMounts,
				NodeSelector:       pod.NodeSelector, Tolerations: pod.Tolerations, Affinity: pod.Affinity, TopologySpreadConstraints: pod.TopologySpreadConstraints,
				PriorityClassName: "builds", ImagePullSecrets: pod.ImagePullSecrets, HostAliases: pod.HostAliases, Volumes: pod.Volumes,
				SecurityContext: pod.SecurityContext, TerminationGracePeriodSeconds: pointer(int64(600)),
			},
		},
	}
	got := decode(t, rendered(t, f)).objects["example/build.k8s.yaml"].deployment.Spec.Template
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("template of the RunnerDeployment (-want +got):\n%s", diff)
	}
}

func TestRunnersAndTheirAutoscalerSignInToGitHubWithTheSameSecret(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].GitHubAPICredentialsFrom = "github-app"
	f.Pools[0].Replicas, f.Pools[0].Autoscaling = 0, &fleet.Autoscaling{MinReplicas: 1, MaxReplicas: 2}
	all := decode(t, rendered(t, f)).objects["example/build.k8s.yaml"]
	runners, autoscaler := all.deployment.Spec.Template.Spec.GitHubAPICredentialsFrom, all.autoscaler.Spec.GitHubAPICredentialsFrom
	if runners.SecretRef.Name != "github-app" || autoscaler.SecretRef.Name != "github-app" {
		t.Errorf("got Secrets %q and %q, want github-app", runners.SecretRef.Name, autoscaler.SecretRef.Name)
	}
}
