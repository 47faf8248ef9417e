package manifests

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// newContainerMode defines what lets a runner make the Pods of jobs, and what these Pods are
// like.
func newContainerMode(scope constructs.Construct, pool fleet.Pool) {
	runner := identity.Subject{Namespace: pool.Namespace, ServiceAccount: pool.PodServiceAccount()}
	newServiceAccountObject(scope, "RunnerServiceAccount", metadata(pool, string(runner.ServiceAccount)))
	newRole(scope, pool, string(pool.ScaleSet.Name)+"-kube-mode", kubeModeRules(pool), runner)
	object := cdk8s.NewApiObject(scope, jsii.String("ConfigMap"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"),
		Kind:       jsii.String("ConfigMap"),
		Metadata:   metadata(pool, jobPodName(pool)),
	})
	object.AddJsonPatch(add("/data", map[string]string{fleet.JobPodFile: *cdk8s.Yaml_Stringify(tree(jobPod(pool)))}))
}

// kubeModeRules returns the permissions that the runner needs in its namespace
// (charts/gha-runner-scale-set, kube_mode_role.yaml of 0.14.2).
func kubeModeRules(pool fleet.Pool) []rule {
	rules := []rule{
		{[]string{""}, []string{"pods"}, []string{"get", "list", "create", "delete"}},
		{[]string{""}, []string{"pods/exec"}, []string{"get", "create"}},
		{[]string{""}, []string{"pods/log"}, []string{"get", "list", "watch"}},
		{[]string{""}, []string{"secrets"}, []string{"get", "list", "create", "delete"}},
	}
	if pool.ContainerMode().KubernetesModeWorkVolumeClaim != nil {
		rules = append(rules, rule{[]string{"batch"}, []string{"jobs"}, []string{"get", "list", "create", "delete"}})
	}
	return rules
}

func jobPodName(pool fleet.Pool) string {
	return string(pool.ScaleSet.Name) + "-" + fleet.JobPodVolume
}

// jobPod returns what the runner's hooks add to the Pod that they make for a job. Init containers
// would replace those of the hooks, without which no action runs.
func jobPod(pool fleet.Pool) corev1.PodTemplateSpec {
	return corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Annotations: pool.AllAnnotations(), Labels: pool.Pod.Labels},
		Spec: placed(pool, corev1.PodSpec{
			ServiceAccountName:           string(pool.ServiceAccount),
			AutomountServiceAccountToken: new(bool),
			SecurityContext:              pool.PodSecurityContext(),
			Containers: []corev1.Container{{
				Name:         "$job",
				Env:          pool.JobEnv(),
				Resources:    pool.ContainerMode().Resources,
				VolumeMounts: slices.Concat(builderMounts(pool), certificateMounts(pool), pool.VolumeMounts),
			}},
			Volumes: slices.Concat(builderVolumes(pool), certificateVolumes(pool), pool.Pod.Volumes),
		}),
	}
}

// containerModeVolumes are the runner's: the folder that it shares with its job's Pod, if it
// does, and what that Pod is like.
func containerModeVolumes(pool fleet.Pool) []corev1.Volume {
	volumes := []corev1.Volume{{Name: fleet.JobPodVolume, VolumeSource: corev1.VolumeSource{
		ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: jobPodName(pool)}},
	}}}
	if claim := pool.ContainerMode().KubernetesModeWorkVolumeClaim; claim != nil {
		volumes = append(volumes, corev1.Volume{Name: workVolume, VolumeSource: corev1.VolumeSource{
			Ephemeral: &corev1.EphemeralVolumeSource{VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{Spec: *claim}},
		}})
	}
	return volumes
}

func containerModeMounts(pool fleet.Pool) []corev1.VolumeMount {
	mounts := []corev1.VolumeMount{{Name: fleet.JobPodVolume, MountPath: fleet.JobPodFolder, ReadOnly: true}}
	if pool.ContainerMode().KubernetesModeWorkVolumeClaim != nil {
		mounts = append(mounts, workMount)
	}
	return mounts
}
