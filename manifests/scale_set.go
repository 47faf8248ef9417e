package manifests

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// autoscalingRunnerSetSpec has the fields that this project sets of the spec, as version 0.14 of
// the controller reads it (actions-runner-controller, apis/actions.github.com/v1alpha1).
type autoscalingRunnerSetSpec struct {
	GitHubConfigURL    string                 `json:"githubConfigUrl"`
	GitHubConfigSecret string                 `json:"githubConfigSecret"`
	RunnerGroup        string                 `json:"runnerGroup,omitempty"`
	MinRunners         int                    `json:"minRunners"`
	MaxRunners         int                    `json:"maxRunners"`
	GitHubServerTLS    *gitHubServerTLS       `json:"githubServerTLS,omitempty"`
	Proxy              *proxyConfig           `json:"proxy,omitempty"`
	Template           corev1.PodTemplateSpec `json:"template"`
	// ListenerTemplate is the fleet's, as it is.
	ListenerTemplate *corev1.PodTemplateSpec `json:"listenerTemplate,omitempty"`
}

type proxyConfig struct {
	HTTP    *proxyServer `json:"http,omitempty"`
	HTTPS   *proxyServer `json:"https,omitempty"`
	NoProxy []string     `json:"noProxy,omitempty"`
}

type proxyServer struct {
	URL string `json:"url"`
}

// newScaleSet defines the runners of the pool: each takes one job and goes, reads its
// token, and keeps it from the sidecar that builds. The controller deletes a scale set
// without its own version.
func newScaleSet(scope constructs.Construct, pool fleet.Pool) {
	meta := runnerMetadata(pool, string(pool.ScaleSet.Name))
	(*meta.Labels)[identity.VersionLabel] = jsii.String(pool.Cluster.Controller.Version)
	object := cdk8s.NewApiObject(scope, jsii.String("AutoscalingRunnerSet"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("actions.github.com/v1alpha1"),
		Kind:       jsii.String("AutoscalingRunnerSet"),
		Metadata:   meta,
	})
	spec := autoscalingRunnerSetSpec{
		GitHubConfigURL:    pool.Scope.URL(),
		GitHubConfigSecret: pool.ScaleSet.GitHubConfigSecret,
		RunnerGroup:        string(pool.Group),
		MinRunners:         pool.ScaleSet.MinRunners,
		MaxRunners:         pool.ScaleSet.MaxRunners,
		GitHubServerTLS:    serverTLS(pool),
		Proxy:              proxyOf(pool.Proxy),
		Template: corev1.PodTemplateSpec{
			ObjectMeta: metav1.ObjectMeta{Annotations: pool.AllAnnotations(), Labels: pool.Pod.Labels},
			Spec:       runnerPod(pool),
		},
		ListenerTemplate: pool.ScaleSet.ListenerTemplate,
	}
	object.AddJsonPatch(add("/spec", spec))
	if last := len(spec.Template.Spec.InitContainers) - 1; last >= 0 {
		patchSidecar(object, fmt.Sprintf("/spec/template/spec/initContainers/%d", last), pool)
	}
}

// patchSidecar sets what Kubernetes' types have had since 1.28 and 1.30, and ours, of 1.26,
// have not. By its restartPolicy Kubernetes starts the sidecar before the runner and stops
// it after.
func patchSidecar(object cdk8s.ApiObject, container string, pool fleet.Pool) {
	object.AddJsonPatch(add(container+"/restartPolicy", corev1.RestartPolicyAlways))
	if pool.Builder.RootlessBuildKit != nil {
		object.AddJsonPatch(add(container+"/securityContext/appArmorProfile", map[string]string{"type": "Unconfined"}))
	}
}

func proxyOf(proxy *fleet.Proxy) *proxyConfig {
	if proxy == nil {
		return nil
	}
	config := &proxyConfig{NoProxy: proxy.AllNoProxy()}
	if proxy.HTTP != "" {
		config.HTTP = &proxyServer{proxy.HTTP}
	}
	if proxy.HTTPS != "" {
		config.HTTPS = &proxyServer{proxy.HTTPS}
	}
	return config
}

// What runner and Docker sidecar share (charts/gha-runner-scale-set, _helpers.tpl).
const (
	workVolume      = "work"
	socketVolume    = "dind-sock"
	externalsVolume = "dind-externals"
)

var (
	workMount      = corev1.VolumeMount{Name: workVolume, MountPath: "/home/runner/_work"}
	socketMount    = corev1.VolumeMount{Name: socketVolume, MountPath: "/var/run"}
	externalsMount = corev1.VolumeMount{Name: externalsVolume, MountPath: "/home/runner/externals"}
)

// runnerPod is the Pod that the chart of scale sets makes, with a Docker sidecar as by its
// container mode "dind". It talks to the Kubernetes API only where it makes Pods itself.
func runnerPod(pool fleet.Pool) corev1.PodSpec {
	makesPods := pool.ContainerMode() != nil
	return placed(pool, corev1.PodSpec{
		ServiceAccountName:           string(pool.PodServiceAccount()),
		AutomountServiceAccountToken: &makesPods,
		RestartPolicy:                corev1.RestartPolicyNever,
		SecurityContext:              pool.PodSecurityContext(),
		InitContainers:               builderContainers(pool),
		Containers:                   []corev1.Container{runnerContainer(pool)},
		Volumes:                      slices.Concat(runnerVolumes(pool), certificateVolumes(pool), pool.Pod.Volumes),
	})
}

// placed is a Pod with what the pool declares for where it runs and how its images are
// pulled.
func placed(pool fleet.Pool, spec corev1.PodSpec) corev1.PodSpec {
	pod := pool.Pod
	spec.NodeSelector = pod.NodeSelector
	spec.Tolerations = pod.Tolerations
	spec.Affinity = pod.Affinity
	spec.TopologySpreadConstraints = pod.TopologySpreadConstraints
	spec.PriorityClassName = pod.PriorityClassName
	spec.ImagePullSecrets = pod.ImagePullSecrets
	spec.HostAliases = pod.HostAliases
	spec.TerminationGracePeriodSeconds = pod.TerminationGracePeriodSeconds
	return spec
}

func runnerVolumes(pool fleet.Pool) []corev1.Volume {
	if pool.ContainerMode() != nil {
		return containerModeVolumes(pool)
	}
	return slices.Concat(dockerVolumes(pool), builderVolumes(pool))
}

func runnerMounts(pool fleet.Pool) []corev1.VolumeMount {
	if pool.ContainerMode() != nil {
		return containerModeMounts(pool)
	}
	return slices.Concat(dockerMounts(pool), builderMounts(pool))
}

// builderContainers start before the runner; the last of them is the sidecar that builds.
func builderContainers(pool fleet.Pool) []corev1.Container {
	switch {
	case pool.Builder.RootlessBuildKit != nil:
		return []corev1.Container{buildKitContainer(pool)}
	case pool.UsesDocker():
		return []corev1.Container{externalsContainer(pool), dockerContainer(pool)}
	}
	return nil
}

func dockerVolumes(pool fleet.Pool) []corev1.Volume {
	if !pool.UsesDocker() {
		return nil
	}
	return []corev1.Volume{emptyDir(workVolume), emptyDir(socketVolume), emptyDir(externalsVolume)}
}

func dockerMounts(pool fleet.Pool) []corev1.VolumeMount {
	if !pool.UsesDocker() {
		return nil
	}
	return []corev1.VolumeMount{workMount, socketMount}
}

func emptyDir(name string) corev1.Volume {
	return corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}
}

func runnerContainer(pool fleet.Pool) corev1.Container {
	return corev1.Container{
		Name:            "runner",
		Image:           string(pool.Image),
		ImagePullPolicy: pullPolicy(pool),
		Command:         []string{"/home/runner/run.sh"},
		Env:             pool.AllEnv(),
		Resources:       pool.Resources,
		VolumeMounts:    slices.Concat(runnerMounts(pool), certificateMounts(pool), pool.VolumeMounts),
	}
}

// externalsContainer copies the runner's Node.js to where containers of a job find it. It ends before
// the others start, so with the runner's resources the Pod needs no more than they do.
func externalsContainer(pool fleet.Pool) corev1.Container {
	return corev1.Container{
		Name:            "init-dind-externals",
		Image:           string(pool.Image),
		ImagePullPolicy: pullPolicy(pool),
		Command:         []string{"cp", "-r", "/home/runner/externals/.", "/home/runner/tmpDir/"},
		Resources:       pool.Resources,
		VolumeMounts:    []corev1.VolumeMount{{Name: externalsVolume, MountPath: "/home/runner/tmpDir"}},
	}
}

func dockerContainer(pool fleet.Pool) corev1.Container {
	privileged, docker := true, pool.Docker()
	return corev1.Container{
		Name:            pool.Sidecar(),
		Image:           docker.DockerImage(),
		Args:            dockerArgs(docker),
		Env:             append([]corev1.EnvVar{{Name: "DOCKER_GROUP_GID", Value: "123"}}, pool.SidecarEnv()...),
		Resources:       docker.Resources,
		SecurityContext: &corev1.SecurityContext{Privileged: &privileged},
		StartupProbe: &corev1.Probe{
			ProbeHandler:     corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"docker", "info"}}},
			FailureThreshold: 24,
			PeriodSeconds:    5,
		},
		VolumeMounts: append([]corev1.VolumeMount{workMount, socketMount, externalsMount}, docker.VolumeMounts...),
	}
}

func pullPolicy(pool fleet.Pool) corev1.PullPolicy {
	return cmp.Or(pool.ImagePullPolicy, corev1.PullAlways)
}
