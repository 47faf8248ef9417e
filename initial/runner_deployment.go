package initial

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// runnerSpec has the fields of a RunnerSpec that a pool can declare besides podSpec's
// (actions-runner-controller, apis/actions.summerwind.net/v1alpha1).
type runnerSpec struct {
	Repository, Organization, Enterprise, Group string

	Labels                   []string
	GitHubAPICredentialsFrom struct{ SecretRef struct{ Name string } }

	// A pool decides these.
	Ephemeral, AutomountServiceAccountToken *bool
	ServiceAccountName, WorkDir             string

	Image           string
	ImagePullPolicy corev1.PullPolicy
	Env             []corev1.EnvVar
	Resources       corev1.ResourceRequirements
	VolumeMounts    []corev1.VolumeMount

	DockerEnabled, DockerdWithinRunnerContainer *bool
	DockerdContainerResources                   corev1.ResourceRequirements
	DockerEnv                                   []corev1.EnvVar
	DockerVolumeMounts                          []corev1.VolumeMount
	DockerRegistryMirror                        string
	DockerMTU                                   int
	SidecarContainers                           []corev1.Container
	ContainerMode                               string
}

// addRunnerDeployment declares what a RunnerDeployment says beside its scope.
func (a *declaration) addRunnerDeployment(r *runner) {
	p, template := &r.pool, r.object.Get("spec", "template")
	node := template.Get("spec")
	var metadata podMetadata
	var pod podSpec
	var spec runnerSpec
	a.decode(r, template.Get("metadata"), &metadata)
	a.decode(r, node, &pod)
	a.decode(r, node, &spec)

	p.RunnerDeployment = identity.RunnerDeployment(r.Name.Value)
	for _, label := range spec.Labels {
		if own := identity.RunnerLabel(label); !own.Equal(identity.RunnerLabelSelfHosted) { // every runner has it
			p.Labels = append(p.Labels, own)
		}
	}
	p.GitHubAPICredentialsFrom = spec.GitHubAPICredentialsFrom.SecretRef.Name
	p.Image = fleet.RunnerImage(spec.Image)
	if spec.Image == "" && len(r.Containers) > 0 {
		p.Image = fleet.RunnerImage(r.Containers[0].Image.Value)
	}
	p.ImagePullPolicy = pullPolicy(spec.ImagePullPolicy)
	p.Resources, p.VolumeMounts = spec.Resources, spec.VolumeMounts
	p.Builder = a.legacyBuilder(r, spec, pod)
	pod.Volumes = withoutVolumes(pod.Volumes, fleet.BuildKitTLSVolume)
	p.VolumeMounts = withoutMounts(p.VolumeMounts, fleet.BuildKitTLSVolume)
	if p.Builder.RootlessBuildKit != nil {
		pod.Volumes = withoutVolumes(pod.Volumes, fleet.BuildKitVolume)
	}
	p.Waivers.Runner = runnerWaivers(r.object, p.Builder)
	a.addEnv(r, spec.Env)
	r.addPod(metadata, pod)
	a.addReplicas(r)
	fields := slices.DeleteFunc(notIn(node, spec), func(member source.Member) bool {
		return len(notIn(&source.Node{Members: []source.Member{member}}, pod)) == 0
	})
	a.askFields(r, "spec.template.spec", fields)
}

// pullPolicy is "" for the one that every pool has.
func pullPolicy(policy corev1.PullPolicy) corev1.PullPolicy {
	if policy == corev1.PullAlways {
		return ""
	}
	return policy
}

// legacyBuilder returns the builder beside the runner of a RunnerDeployment.
func (a *declaration) legacyBuilder(r *runner, spec runnerSpec, pod podSpec) fleet.Builder {
	if spec.DockerdWithinRunnerContainer != nil && *spec.DockerdWithinRunnerContainer {
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "Docker runs within the runner's container (dockerdWithinRunnerContainer), and a pool has it in a sidecar", Next: "name an image without Docker, such as summerwind/actions-runner, or choose another Builder"})
	}
	if spec.ContainerMode != "" {
		a.result.ask(Question{Place: r.ContainerMode.Place, About: r.about(), Text: "containerMode " + quoted(spec.ContainerMode) + " starts Pods for the containers of jobs, which a pool does not", Next: "choose a Builder that builds in the runner's Pod"})
	}
	for _, container := range spec.SidecarContainers {
		if container.Name != buildKitSidecar {
			a.result.ask(Question{Place: r.Place, About: r.about(), Text: "sidecar container " + quoted(container.Name) + " is not rendered", Next: "do without it, or add it with kustomize over dist/manifests"})
		}
	}
	if c := containerNamed(spec.SidecarContainers, buildKitSidecar); c != nil {
		return a.buildKit(r, c)
	}
	if shared := sharedBuildKit(pod.Volumes); shared != nil {
		return fleet.Builder{SharedBuildKit: shared}
	}
	if spec.DockerEnabled != nil && !*spec.DockerEnabled {
		return a.scriptBuilder(r)
	}
	return dockerBuilder(fleet.Docker{
		Resources:      spec.DockerdContainerResources,
		Env:            a.sidecarEnv(r, spec.DockerEnv),
		VolumeMounts:   spec.DockerVolumeMounts,
		RegistryMirror: spec.DockerRegistryMirror,
		MTU:            spec.DockerMTU,
	})
}

// addReplicas declares how many runners there are.
func (a *declaration) addReplicas(r *runner) {
	if autoscaler := a.autoscalerOf(r); autoscaler != nil {
		a.addAutoscaling(r, autoscaler)
		return
	}
	replicas := struct{ Replicas *int }{}
	a.decode(r, r.object.Get("spec"), &replicas)
	r.pool.Replicas = *cmp.Or(replicas.Replicas, new(1))
}

// decode reads a part of the runner's object, and asks about what Kubernetes would refuse.
func (a *declaration) decode(r *runner, node *source.Node, to any) {
	err := decode(node, to)
	if err == nil {
		return
	}
	what := err.Error()
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		what = fmt.Sprintf("the value of %q is of another form than the controller reads", wrong.Field)
	}
	a.result.ask(Question{Place: node.Place, About: r.about(), Text: "a part of the object cannot be read: " + what, Next: "correct the object, and run keyless init again"})
}
