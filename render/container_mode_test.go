package render_test

import (
	"strings"
	"testing"

	arc "github.com/actions/actions-runner-controller/apis/actions.github.com/v1alpha1"
	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
)

// containerMode is the article's fleet with jobs in Pods of their own.
func containerMode(mode fleet.ContainerMode, change func(p *fleet.Pool)) fleet.Fleet {
	mode.RunnerServiceAccount = "runner"
	return scaleSetFleet(func(p *fleet.Pool) {
		p.ScaleSet.ContainerMode = &mode
		p.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit-client"}
		change(p)
	})
}

// ofContainerMode are a fleet's runners, what they may do, and the Pod that their jobs get, read
// strictly.
func ofContainerMode(t *testing.T, f fleet.Fleet) (set arc.AutoscalingRunnerSet, rules []rbacv1.PolicyRule, job corev1.PodTemplateSpec) {
	t.Helper()
	objects := scaleSetObjects(t, f)
	binding := strict[rbacv1.RoleBinding](t, []byte(objects["RoleBinding"]))
	if diff := cmp.Diff([]rbacv1.Subject{{Kind: "ServiceAccount", Name: "runner", Namespace: "self-hosted-runners"}}, binding.Subjects); diff != "" || binding.RoleRef.Name != "push-my-app-kube-mode" {
		t.Errorf("Role %q is for (-want +got):\n%s", binding.RoleRef.Name, diff)
	}
	runner := strict[corev1.ServiceAccount](t, []byte(objects["ServiceAccount"]))
	if runner.Name != "runner" || runner.Annotations != nil {
		t.Errorf("got ServiceAccount %q with annotations %v, want \"runner\" without a role", runner.Name, runner.Annotations)
	}
	template := strict[corev1.ConfigMap](t, []byte(objects["ConfigMap"]))
	if template.Name != "push-my-app-job-pod" {
		t.Errorf("got ConfigMap %q, want \"push-my-app-job-pod\"", template.Name)
	}
	return strict[arc.AutoscalingRunnerSet](t, []byte(objects["AutoscalingRunnerSet"])),
		strict[rbacv1.Role](t, []byte(objects["Role"])).Rules,
		strict[corev1.PodTemplateSpec](t, []byte(template.Data["job-pod.yaml"]))
}

// What the runner may do in both container modes.
var kubeModeRules = []rbacv1.PolicyRule{
	{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list", "create", "delete"}},
	{APIGroups: []string{""}, Resources: []string{"pods/exec"}, Verbs: []string{"get", "create"}},
	{APIGroups: []string{""}, Resources: []string{"pods/log"}, Verbs: []string{"get", "list", "watch"}},
	{APIGroups: []string{""}, Resources: []string{"secrets"}, Verbs: []string{"get", "list", "create", "delete"}},
}

// jobPod is what the article's jobs get, with the certificate for the BuildKit.
func jobPod() corev1.PodTemplateSpec {
	template := corev1.PodTemplateSpec{Spec: corev1.PodSpec{
		ServiceAccountName: "self-hosted-runner-service-account", AutomountServiceAccountToken: pointer(false),
		SecurityContext: &corev1.PodSecurityContext{FSGroup: pointer(int64(1001))},
		Containers: []corev1.Container{{
			Name:         "$job",
			Env:          []corev1.EnvVar{{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"}},
			VolumeMounts: []corev1.VolumeMount{{Name: "buildkit-tls", MountPath: "/etc/buildkit/tls", ReadOnly: true}},
		}},
		Volumes: []corev1.Volume{{Name: "buildkit-tls", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "buildkit-client"}}}},
	}}
	template.Annotations = map[string]string{"karpenter.sh/do-not-disrupt": "true"}
	return template
}

// runnerPod is what the chart makes for a container mode, with the mount of the job's template.
func runnerPod(mode []corev1.EnvVar) corev1.PodSpec {
	return corev1.PodSpec{
		ServiceAccountName: "runner", AutomountServiceAccountToken: pointer(true), RestartPolicy: "Never",
		SecurityContext: &corev1.PodSecurityContext{FSGroup: pointer(int64(1001))},
		Containers: []corev1.Container{{
			Name: "runner", Image: "ghcr.io/actions/actions-runner:2.337.0", ImagePullPolicy: "Always", Command: []string{"/home/runner/run.sh"},
			Env:          append([]corev1.EnvVar{{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"}}, mode...),
			VolumeMounts: []corev1.VolumeMount{{Name: "job-pod", MountPath: "/home/runner/job-pod", ReadOnly: true}},
		}},
		Volumes: []corev1.Volume{{Name: "job-pod", VolumeSource: corev1.VolumeSource{
			ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: "push-my-app-job-pod"}},
		}}},
	}
}

var podName = corev1.EnvVar{Name: "ACTIONS_RUNNER_POD_NAME", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.name"}}}

func TestContainerModeKubernetesIsWhatTheChartMakes(t *testing.T) {
	claim := corev1.PersistentVolumeClaimSpec{
		AccessModes: []corev1.PersistentVolumeAccessMode{"ReadWriteOnce"}, StorageClassName: pointer("gp3"),
		Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{"storage": quantity.MustParse("10Gi")}},
	}
	set, rules, job := ofContainerMode(t, containerMode(fleet.ContainerMode{KubernetesModeWorkVolumeClaim: &claim}, func(*fleet.Pool) {}))
	want := runnerPod([]corev1.EnvVar{
		{Name: "ACTIONS_RUNNER_CONTAINER_HOOKS", Value: "/home/runner/k8s/index.js"}, podName,
		{Name: "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", Value: "true"},
		{Name: "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE", Value: "/home/runner/job-pod/job-pod.yaml"},
	})
	want.Containers[0].VolumeMounts = append(want.Containers[0].VolumeMounts, corev1.VolumeMount{Name: "work", MountPath: "/home/runner/_work"})
	want.Volumes = append(want.Volumes, corev1.Volume{Name: "work", VolumeSource: corev1.VolumeSource{
		Ephemeral: &corev1.EphemeralVolumeSource{VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{Spec: claim}},
	}})
	if diff := cmp.Diff(want, set.Spec.Template.Spec); diff != "" {
		t.Errorf("runner (-want +got):\n%s", diff)
	}
	jobs := rbacv1.PolicyRule{APIGroups: []string{"batch"}, Resources: []string{"jobs"}, Verbs: []string{"get", "list", "create", "delete"}}
	if diff := cmp.Diff(append(kubeModeRules[:4:4], jobs), rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(jobPod(), job); diff != "" {
		t.Errorf("Pod of a job (-want +got):\n%s", diff)
	}
}

func TestContainerModeWithoutAVolumeIsWhatTheChartMakes(t *testing.T) {
	set, rules, job := ofContainerMode(t, containerMode(fleet.ContainerMode{Image: "registry.example.com/builder:1"}, func(*fleet.Pool) {}))
	want := runnerPod([]corev1.EnvVar{
		{Name: "ACTIONS_RUNNER_CONTAINER_HOOKS", Value: "/home/runner/k8s-novolume/index.js"}, podName,
		{Name: "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", Value: "true"},
		{Name: "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE", Value: "/home/runner/job-pod/job-pod.yaml"},
		{Name: "ACTIONS_RUNNER_IMAGE", Value: "ghcr.io/actions/actions-runner:2.337.0"},
	})
	if diff := cmp.Diff(want, set.Spec.Template.Spec); diff != "" {
		t.Errorf("runner (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(kubeModeRules, rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(jobPod(), job); diff != "" {
		t.Errorf("Pod of a job (-want +got):\n%s", diff)
	}
}

// Where a job runs in its own Pod, what is declared for it arrives there.
func TestEveryFieldOfThePodArrivesInTheJobs(t *testing.T) {
	gpu := corev1.ResourceRequirements{Limits: corev1.ResourceList{"nvidia.com/gpu": quantity.MustParse("1")}}
	// Where no sidecar builds, the namespace admits no Pod with sysctls.
	declared := func() fleet.Pod {
		pod := fullPod()
		pod.SecurityContext.Sysctls = nil
		return pod
	}
	set, _, job := ofContainerMode(t, containerMode(fleet.ContainerMode{Resources: gpu}, func(p *fleet.Pool) {
		p.Pod, p.Builder = declared(), fleet.Builder{Script: `ko build --bare --tags "$IMAGE_TAG" .`}
		p.VolumeMounts = []corev1.VolumeMount{{Name: "shared", MountPath: "/cache"}}
		p.Env = []corev1.EnvVar{{Name: "A", Value: "a"}}
		p.Proxy = &fleet.Proxy{HTTPS: "http://b:2"}
	}))
	for what, template := range map[string]corev1.PodTemplateSpec{"runner": set.Spec.Template, "job": job} {
		want, pod := declared(), template.Spec
		want.SecurityContext.FSGroup = pointer(int64(1001))
		want.Annotations["karpenter.sh/do-not-disrupt"] = template.Annotations["karpenter.sh/do-not-disrupt"]
		if diff := cmp.Diff(want, fleet.Pod{
			Labels: template.Labels, Annotations: template.Annotations,
			NodeSelector: pod.NodeSelector, Tolerations: pod.Tolerations, Affinity: pod.Affinity, TopologySpreadConstraints: pod.TopologySpreadConstraints,
			PriorityClassName: pod.PriorityClassName, ImagePullSecrets: pod.ImagePullSecrets, HostAliases: pod.HostAliases,
			Volumes: pod.Volumes[len(pod.Volumes)-len(want.Volumes):], SecurityContext: pod.SecurityContext, TerminationGracePeriodSeconds: pod.TerminationGracePeriodSeconds,
		}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	container := corev1.Container{
		Name: "$job", Resources: gpu, VolumeMounts: []corev1.VolumeMount{{Name: "shared", MountPath: "/cache"}},
		Env: []corev1.EnvVar{
			{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"},
			{Name: "HTTPS_PROXY", Value: "http://b:2"}, {Name: "https_proxy", Value: "http://b:2"},
			{Name: "NO_PROXY", Value: "169.254.170.23,[fd00:ec2::23]"}, {Name: "no_proxy", Value: "169.254.170.23,[fd00:ec2::23]"},
			{Name: "A", Value: "a"},
		},
	}
	if diff := cmp.Diff([]corev1.Container{container}, job.Spec.Containers); diff != "" {
		t.Errorf("the job's container (-want +got):\n%s", diff)
	}
}

func TestJobsOfAContainerModeRunInItsImage(t *testing.T) {
	const tagged = " # zizmor: ignore[unpinned-images] the fleet names it by its tag, as it does the runner's"
	pinned := "registry.example.com/builder@sha256:" + strings.Repeat("0a", 32)
	for want, mode := range map[string]fleet.ContainerMode{
		`"ghcr.io/actions/actions-runner:2.337.0"` + tagged: {},
		`"registry.example.com/builder:1"` + tagged:         {Image: "registry.example.com/builder:1"},
		`"` + pinned + `"`: {Image: pinned},
	} {
		workflow := string(rendered(t, containerMode(mode, func(*fleet.Pool) {}))["workflows/push-build.yaml"])
		if want := "\n    container: " + want + "\n    defaults:\n      run:\n        shell: bash\n"; !strings.Contains(workflow, want) {
			t.Errorf("want %q in\n%s", want, workflow)
		}
	}
}
