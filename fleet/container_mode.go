package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/identity"
)

// ContainerMode runs each job of a scale set in a separate Pod, which has the role in the
// runner's place: the chart's containerMode of type "kubernetes" or "kubernetes-novolume"
// (charts/gha-runner-scale-set of actions-runner-controller). The pool's ServiceAccount, Env,
// Pod and VolumeMounts apply to these Pods; the runner gets the last three too.
//
// Jobs have no Docker daemon there, so the pool's builder is SharedBuildKit or Script.
type ContainerMode struct {
	// RunnerServiceAccount is the runner's ServiceAccount, which has no role. It may make
	// Pods in the namespace, run commands in them, and read its Secrets; no job runs as it.
	RunnerServiceAccount identity.ServiceAccount
	// KubernetesModeWorkVolumeClaim makes the volume with the work folder, which a runner
	// shares with its job's Pod on the same node: type "kubernetes". Zero: type
	// "kubernetes-novolume", in which the runner copies the folder, to any node.
	KubernetesModeWorkVolumeClaim *corev1.PersistentVolumeClaimSpec
	// Image is the image that jobs run in, "NAME:TAG" or "NAME@sha256:DIGEST". It needs bash,
	// git and the Docker CLI, Buildx or the tool of the pool's script, and user root or 1001.
	// Zero: the runner's image, which has all but the tool.
	Image string
	// Resources are the requests and limits of a job's container. Zero: the namespace's defaults.
	Resources corev1.ResourceRequirements
}

// Where the runner finds the template of its jobs' Pods, a key of a ConfigMap.
const (
	JobPodVolume = "job-pod"
	JobPodFolder = "/home/runner/job-pod"
	JobPodFile   = "job-pod.yaml"
)

// ContainerMode returns the pool's container mode, nil if jobs run in the runner's Pod.
func (p Pool) ContainerMode() *ContainerMode {
	if p.ScaleSet == nil {
		return nil
	}
	return p.ScaleSet.ContainerMode
}

// PodServiceAccount is the ServiceAccount of the runner's own Pod.
func (p Pool) PodServiceAccount() identity.ServiceAccount {
	if mode := p.ContainerMode(); mode != nil {
		return mode.RunnerServiceAccount
	}
	return p.ServiceAccount
}

// JobImage is the image that the pool's jobs run in; "" if they run in the runner's container.
func (p Pool) JobImage() string {
	if mode := p.ContainerMode(); mode != nil {
		return cmp.Or(mode.Image, string(p.Image))
	}
	return ""
}

// JobEnv is the environment of the container that a job has for itself.
func (p Pool) JobEnv() []corev1.EnvVar {
	return slices.Concat([]corev1.EnvVar{{Name: metadataDisabled, Value: "true"}}, p.ScaleSet.GitHubServerTLS.jobEnv(), p.Proxy.env(), p.Env)
}

// env is what has the runner start Pods (charts/gha-runner-scale-set, _helpers.tpl), of the
// template that is mounted (actions/runner-container-hooks, packages/k8s).
func (m *ContainerMode) env(runner RunnerImage) []corev1.EnvVar {
	env := []corev1.EnvVar{
		{Name: identity.EnvContainerHooks, Value: m.hooks()},
		{Name: identity.EnvPodName, ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.name"}}},
		{Name: identity.EnvRequireJobContainer, Value: "true"},
		{Name: identity.EnvHookTemplate, Value: JobPodFolder + "/" + JobPodFile},
	}
	if m.KubernetesModeWorkVolumeClaim == nil {
		env = append(env, corev1.EnvVar{Name: identity.EnvRunnerImage, Value: string(runner)})
	}
	return env
}

func (m *ContainerMode) hooks() string {
	if m.KubernetesModeWorkVolumeClaim == nil {
		return "/home/runner/k8s-novolume/index.js"
	}
	return "/home/runner/k8s/index.js"
}

// builtIn is what the hooks have in the Pod of a job, and the chart in the runner's
// (actions/runner-container-hooks, packages/k8s, of both types).
func (m *ContainerMode) builtIn() builtIn {
	return builtIn{
		[]string{JobPodVolume, "externals", "github", "script-executor"},
		[]string{JobPodFolder, "/__e", "/__w", "/github", "/github/home", "/github/workflow"},
	}
}

func (p Pool) checkContainerMode(at place, problems *Problems) {
	mode := p.ContainerMode()
	if mode == nil {
		return
	}
	problems.add(at.field("runnerServiceAccount"), mode.RunnerServiceAccount.Check())
	problems.add(at.field("runnerServiceAccount"), checkOwnServiceAccount(mode.RunnerServiceAccount))
	if mode.RunnerServiceAccount == p.ServiceAccount {
		problems.add(at.field("runnerServiceAccount"), fmt.Errorf("ServiceAccount %q is that of the jobs' Pods, which has the role; want another, which has none", mode.RunnerServiceAccount))
	}
	mode.checkClaim(at.field("kubernetesModeWorkVolumeClaim"), problems)
	if mode.Image != "" {
		problems.add(at.field("image"), checkBuilderImage(mode.Image, "ghcr.io/actions/actions-runner:2.337.0"))
	}
	checkResources(mode.Resources, at.field("resources"), problems)
	if p.Builder.SharedBuildKit == nil && p.Builder.Script == "" {
		problems.add(at, errors.New("the Pods of its jobs have neither Docker nor a BuildKit sidecar; want sharedBuildKit or script as builder"))
	}
	own := mode.env(p.Image)
	for _, variable := range p.Env {
		if slices.ContainsFunc(own, func(set corev1.EnvVar) bool { return set.Name == variable.Name }) {
			problems.add(at, fmt.Errorf("environment variable %q: the container mode sets it; leave it out of env", variable.Name))
		}
	}
}

// checkClaim reports a claim whose volume a runner cannot share with its job's Pod.
func (m *ContainerMode) checkClaim(at place, problems *Problems) {
	claim := m.KubernetesModeWorkVolumeClaim
	if claim == nil {
		return
	}
	shared := []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce, corev1.ReadWriteMany}
	if len(claim.AccessModes) == 0 {
		problems.add(at.field("accessModes"), fmt.Errorf("none is there; want %q or %q", shared[0], shared[1]))
	}
	for i, mode := range claim.AccessModes {
		if !slices.Contains(shared, mode) {
			problems.add(at.field("accessModes").index(i), fmt.Errorf("access mode %q: two Pods write to the volume; want %q or %q", mode, shared[0], shared[1]))
		}
	}
	if size := claim.Resources.Requests[corev1.ResourceStorage]; size.Sign() <= 0 {
		problems.add(at.field("resources").field("requests"), errors.New(`the size is missing; want for example "storage": "10Gi"`))
	}
	if class := claim.StorageClassName; class != nil && *class != "" {
		problems.add(at.field("storageClassName"), checkKubernetes("StorageClass", *class, validation.IsDNS1123Subdomain(*class)))
	}
	if claim.VolumeMode != nil && *claim.VolumeMode != corev1.PersistentVolumeFilesystem {
		problems.add(at.field("volumeMode"), fmt.Errorf("volume mode %q: a work folder needs a file system; leave it out", *claim.VolumeMode))
	}
	if claim.VolumeName != "" {
		problems.add(at.field("volumeName"), fmt.Errorf("volume %q: each runner needs a separate one; leave it out", claim.VolumeName))
	}
}
