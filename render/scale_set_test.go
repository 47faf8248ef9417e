package render_test

import (
	"strings"
	"testing"

	arc "github.com/actions/actions-runner-controller/apis/actions.github.com/v1alpha1"
	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// scaleSetFleet is the article's fleet with a scale set for its RunnerDeployment.
func scaleSetFleet(change func(p *fleet.Pool)) fleet.Fleet {
	f := fleettest.Article()
	f.Clusters[0].Controller = fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "controller"}
	p := &f.Pools[0]
	p.Cluster, p.RunnerDeployment, p.Labels, p.Replicas = f.Clusters[0], "", nil, 0
	p.ScaleSet = &fleet.ScaleSet{Name: "push-my-app", MaxRunners: 10, GitHubConfigSecret: "github-app"}
	p.Image = "ghcr.io/actions/actions-runner:2.337.0"
	change(p)
	return f
}

// scaleSetObjects are the objects of the pool's file, by kind.
func scaleSetObjects(t *testing.T, f fleet.Fleet) map[string]string {
	t.Helper()
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	byKind := map[string]string{}
	for document := range strings.SplitSeq(string(rendered(t, f)["manifests/example/build.k8s.yaml"]), "\n---\n") {
		_, kind, _ := strings.Cut(document, "\nkind: ")
		kind, _, _ = strings.Cut(kind, "\n")
		byKind[kind] = document
	}
	return byKind
}

// The controller's own types read the scale set. They are those of 0.6.1, with a Pod of
// Kubernetes 1.26, which does not have a container's restartPolicy yet.
func scaleSet(t *testing.T, f fleet.Fleet) arc.AutoscalingRunnerSet {
	t.Helper()
	text := scaleSetObjects(t, f)["AutoscalingRunnerSet"]
	const always = "\n          restartPolicy: Always\n"
	if before, after, found := strings.Cut(text, always); found && strings.Contains(before, "          name: dind\n") {
		text = before + "\n" + after
	} else {
		t.Error("no restartPolicy Always in the last container that starts before the runner, the Docker sidecar")
	}
	return strict[arc.AutoscalingRunnerSet](t, []byte(text))
}

func TestScaleSetIsWhatTheChartMakes(t *testing.T) {
	work, socket := corev1.VolumeMount{Name: "work", MountPath: "/home/runner/_work"}, corev1.VolumeMount{Name: "dind-sock", MountPath: "/var/run"}
	empty := corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
	want := arc.AutoscalingRunnerSet{
		TypeMeta: metav1.TypeMeta{APIVersion: "actions.github.com/v1alpha1", Kind: "AutoscalingRunnerSet"},
		ObjectMeta: metav1.ObjectMeta{
			Name: "push-my-app", Namespace: "self-hosted-runners",
			Labels: map[string]string{"app.kubernetes.io/managed-by": "keyless-runners", "app.kubernetes.io/instance": "build", "app.kubernetes.io/version": "0.14.2"},
		},
		Spec: arc.AutoscalingRunnerSetSpec{
			GitHubConfigUrl: "https://github.com/octo-org/my-app", GitHubConfigSecret: "github-app",
			MinRunners: pointer(0), MaxRunners: pointer(10),
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Annotations: map[string]string{"eks.amazonaws.com/skip-containers": "dind", "karpenter.sh/do-not-disrupt": "true"}},
				Spec: corev1.PodSpec{
					ServiceAccountName: "self-hosted-runner-service-account", AutomountServiceAccountToken: pointer(false), RestartPolicy: "Never",
					SecurityContext: &corev1.PodSecurityContext{FSGroup: pointer(int64(1001))},
					InitContainers: []corev1.Container{
						{
							Name: "init-dind-externals", Image: "ghcr.io/actions/actions-runner:2.337.0", ImagePullPolicy: "Always",
							Command:      []string{"cp", "-r", "/home/runner/externals/.", "/home/runner/tmpDir/"},
							VolumeMounts: []corev1.VolumeMount{{Name: "dind-externals", MountPath: "/home/runner/tmpDir"}},
						},
						{
							Name: "dind", Image: "docker:28.5-dind", Args: []string{"dockerd", "--host=unix:///var/run/docker.sock", "--group=$(DOCKER_GROUP_GID)"},
							Env:             []corev1.EnvVar{{Name: "DOCKER_GROUP_GID", Value: "123"}},
							SecurityContext: &corev1.SecurityContext{Privileged: pointer(true)},
							StartupProbe:    &corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"docker", "info"}}}, FailureThreshold: 24, PeriodSeconds: 5},
							VolumeMounts:    []corev1.VolumeMount{work, socket, {Name: "dind-externals", MountPath: "/home/runner/externals"}},
						},
					},
					Containers: []corev1.Container{{
						Name: "runner", Image: "ghcr.io/actions/actions-runner:2.337.0", ImagePullPolicy: "Always", Command: []string{"/home/runner/run.sh"},
						Env: []corev1.EnvVar{
							{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"},
							{Name: "DOCKER_HOST", Value: "unix:///var/run/docker.sock"},
							{Name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", Value: "120"},
						},
						VolumeMounts: []corev1.VolumeMount{work, socket},
					}},
					Volumes: []corev1.Volume{{Name: "work", VolumeSource: empty}, {Name: "dind-sock", VolumeSource: empty}, {Name: "dind-externals", VolumeSource: empty}},
				},
			},
		},
	}
	if diff := cmp.Diff(want, scaleSet(t, scaleSetFleet(func(*fleet.Pool) {}))); diff != "" {
		t.Errorf("AutoscalingRunnerSet (-want +got):\n%s", diff)
	}
}

func TestControllerOfScaleSetsMayMakeRunners(t *testing.T) {
	objects := scaleSetObjects(t, scaleSetFleet(func(*fleet.Pool) {}))
	meta := metav1.ObjectMeta{
		Name: "push-my-app-manager", Namespace: "self-hosted-runners",
		Labels: map[string]string{"app.kubernetes.io/managed-by": "keyless-runners", "app.kubernetes.io/instance": "build"},
	}
	role := rbacv1.Role{
		TypeMeta:   metav1.TypeMeta{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "Role"},
		ObjectMeta: meta,
		Rules: []rbacv1.PolicyRule{
			{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"create", "delete", "get"}},
			{APIGroups: []string{""}, Resources: []string{"pods/status"}, Verbs: []string{"get"}},
			{APIGroups: []string{""}, Resources: []string{"secrets", "serviceaccounts"}, Verbs: []string{"create", "delete", "get", "list", "patch", "update"}},
			{APIGroups: []string{"rbac.authorization.k8s.io"}, Resources: []string{"roles", "rolebindings"}, Verbs: []string{"create", "delete", "get", "patch", "update"}},
		},
	}
	if diff := cmp.Diff(role, strict[rbacv1.Role](t, []byte(objects["Role"]))); diff != "" {
		t.Errorf("Role (-want +got):\n%s", diff)
	}
	binding := rbacv1.RoleBinding{
		TypeMeta:   metav1.TypeMeta{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "RoleBinding"},
		ObjectMeta: meta,
		RoleRef:    rbacv1.RoleRef{APIGroup: "rbac.authorization.k8s.io", Kind: "Role", Name: "push-my-app-manager"},
		Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Name: "controller", Namespace: "arc-systems"}},
	}
	if diff := cmp.Diff(binding, strict[rbacv1.RoleBinding](t, []byte(objects["RoleBinding"]))); diff != "" {
		t.Errorf("RoleBinding (-want +got):\n%s", diff)
	}
}

func TestEveryFieldOfThePodArrivesInAScaleSet(t *testing.T) {
	gpu := corev1.ResourceRequirements{Limits: corev1.ResourceList{"nvidia.com/gpu": quantity.MustParse("1")}}
	ram := corev1.ResourceRequirements{Requests: corev1.ResourceList{"memory": quantity.MustParse("8Gi")}}
	f := scaleSetFleet(func(p *fleet.Pool) {
		p.Scope, p.Group = fleet.Scope{Organization: "octo-org"}, "Image builds"
		p.Pod, p.ImagePullPolicy = fullPod(), "IfNotPresent"
		p.Resources = gpu
		p.VolumeMounts = []corev1.VolumeMount{{Name: "shared", MountPath: "/cache"}}
		p.Env = []corev1.EnvVar{{Name: "A", Value: "a"}}
		p.Proxy = &fleet.Proxy{HTTP: "http://a:1", HTTPS: "http://b:2", NoProxy: []string{".svc"}}
		p.ScaleSet.MinRunners = 3
		p.Builder.Docker = &fleet.Docker{
			Image: "mirror.example.com/docker:28.5.2-dind", Resources: ram, Env: []corev1.EnvVar{{Name: "B", Value: "b"}},
			VolumeMounts:   []corev1.VolumeMount{{Name: "claim", MountPath: "/var/lib/docker"}},
			RegistryMirror: "https://mirror.example.com", MTU: 1400,
		}
	})
	got := scaleSet(t, f).Spec
	if got.RunnerGroup != "Image builds" || *got.MinRunners != 3 || got.GitHubConfigUrl != "https://github.com/octo-org" {
		t.Errorf("got group %q, minimum %d, URL %q", got.RunnerGroup, *got.MinRunners, got.GitHubConfigUrl)
	}
	proxy := &arc.ProxyConfig{HTTP: &arc.ProxyServerConfig{Url: "http://a:1"}, HTTPS: &arc.ProxyServerConfig{Url: "http://b:2"}, NoProxy: []string{"169.254.170.23", "[fd00:ec2::23]", ".svc"}}
	if diff := cmp.Diff(proxy, got.Proxy); diff != "" {
		t.Errorf("proxy (-want +got):\n%s", diff)
	}
	want, pod := fullPod(), got.Template.Spec
	want.SecurityContext.FSGroup = pointer(int64(1001))
	if diff := cmp.Diff(want, fleet.Pod{
		Labels: got.Template.Labels, Annotations: map[string]string{"karpenter.sh/do-not-disrupt": got.Template.Annotations["karpenter.sh/do-not-disrupt"], "note": got.Template.Annotations["note"]},
		NodeSelector: pod.NodeSelector, Tolerations: pod.Tolerations, Affinity: pod.Affinity, TopologySpreadConstraints: pod.TopologySpreadConstraints,
		PriorityClassName: pod.PriorityClassName, ImagePullSecrets: pod.ImagePullSecrets, HostAliases: pod.HostAliases,
		Volumes: pod.Volumes[3:], SecurityContext: pod.SecurityContext, TerminationGracePeriodSeconds: pod.TerminationGracePeriodSeconds,
	}); diff != "" {
		t.Errorf("Pod (-want +got):\n%s", diff)
	}
	runner, docker := pod.Containers[0], pod.InitContainers[1]
	if diff := cmp.Diff([]any{gpu, ram, f.Pools[0].VolumeMounts, f.Pools[0].Builder.Docker.VolumeMounts, "mirror.example.com/docker:28.5.2-dind"},
		[]any{runner.Resources, docker.Resources, runner.VolumeMounts[2:], docker.VolumeMounts[3:], docker.Image}); diff != "" {
		t.Errorf("resources, mounts, image (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"dockerd", "--host=unix:///var/run/docker.sock", "--group=$(DOCKER_GROUP_GID)", "--registry-mirror=https://mirror.example.com", "--mtu=1400"}, docker.Args); diff != "" {
		t.Errorf("arguments of the Docker sidecar (-want +got):\n%s", diff)
	}
	names := func(env []corev1.EnvVar) (list []string) {
		for _, variable := range env {
			list = append(list, variable.Name)
		}
		return list
	}
	// The controller adds the runner's proxy in lower case.
	if diff := cmp.Diff([]string{"AWS_EC2_METADATA_DISABLED", "DOCKER_HOST", "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "A"}, names(runner.Env)); diff != "" {
		t.Errorf("runner's environment (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"DOCKER_GROUP_GID", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "B"}, names(docker.Env)); diff != "" {
		t.Errorf("Docker sidecar's environment (-want +got):\n%s", diff)
	}
}

func TestJobsChooseAScaleSetByItsName(t *testing.T) {
	files := rendered(t, scaleSetFleet(func(*fleet.Pool) {}))
	if workflow := string(files["workflows/push-build.yaml"]); !strings.Contains(workflow, "\n    runs-on: \"push-my-app\" #") {
		t.Errorf("the workflow does not run on \"push-my-app\":\n%s", workflow)
	}
	if config := string(files["workflows/.github/actionlint.yaml"]); !strings.Contains(config, "    - \"push-my-app\"\n") {
		t.Errorf("actionlint is not told of the name:\n%s", config)
	}
}

func TestListenerIsWhatItsTemplateSays(t *testing.T) {
	want := &corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Annotations: map[string]string{"karpenter.sh/do-not-disrupt": "true"}},
		Spec: corev1.PodSpec{
			NodeSelector: map[string]string{"karpenter.sh/nodepool": "system"},
			Containers: []corev1.Container{{
				Name:      "listener",
				Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": quantity.MustParse("50m")}},
			}},
		},
	}
	got := scaleSet(t, scaleSetFleet(func(p *fleet.Pool) { p.ScaleSet.ListenerTemplate = want })).Spec.ListenerTemplate
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("listenerTemplate (-want +got):\n%s", diff)
	}
}
