package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// controller makes a legacy runner's Pod (actions-runner-controller v0.27.6,
// runner_controller.go, newRunnerPodWithContainerMode).
type controller struct {
	// config is a RunnerConfig, pod the PodSpec or what has its fields, and at is where
	// the configuration is expected.
	config, pod *source.Node
	at          source.Place
	// kubernetes, within and sidecar are where a job's containers run: in Pods of their
	// own, by a Docker daemon in the runner, by one in the sidecar. All false: nowhere.
	kubernetes, within, sidecar bool
	// privileged is "true", if the daemon is to be so: not with SELinux options.
	privileged facts.Text
}

func controllerOf(mode facts.Text, config, pod *source.Node, at source.Place) controller {
	c := controller{config: config, pod: pod, at: at, kubernetes: mode.Is(identity.ModeKubernetes)}
	within := flagOf(config.Get("dockerdWithinRunnerContainer"), at)
	c.within = within.Is("true") && !c.kubernetes
	c.sidecar = !c.kubernetes && !c.within && !flagOf(config.Get("dockerEnabled"), at).Is("false")
	if !pod.Has("securityContext", "seLinuxOptions") {
		c.privileged = facts.Known("true", within.Place)
	}
	return c
}

// legacyInitContainers are the init containers of a legacy kind, whose definition has no restartPolicy for them (config/crd/bases).
func legacyInitContainers(list *source.Node) []facts.Container {
	all := initContainers(list)
	for i, node := range list.Objects() {
		if all[i].Sidecar {
			all[i].Sidecar, all[i].Dropped = false, textOf(node.Get("restartPolicy"), node.Place)
		}
	}
	return all
}

// listed are the containers that the Pod lists. A docker sidecar is privileged that says
// nothing of its security.
func (c controller) listed() []facts.Container {
	var all []facts.Container
	for _, node := range c.pod.Get("containers").Objects() {
		container := container(node)
		if container.Name.Is(identity.ContainerDocker) && c.sidecar && !node.Has("securityContext") {
			c.makePrivileged(&container)
		}
		all = append(all, container)
	}
	return all
}

// newContainer is a container that the Pod does not list.
func (c controller) newContainer(name string) facts.Container {
	nothing := facts.Text{Place: c.at}
	container := facts.Container{Place: c.at, Name: facts.Known(name, c.at), Image: nothing, Privileged: nothing}
	if name == identity.ContainerDocker {
		container.Image = facts.Unknown(facts.OfDockerImageFlag, c.at)
		c.makePrivileged(&container)
	}
	return container
}

func (c controller) makePrivileged(container *facts.Container) {
	if c.privileged.There {
		container.Privileged = facts.Known("true", container.Place)
	}
}

// complete makes of the containers and volumes of the Pod what the controller does: the
// runner is there and has the image of its configuration, the docker sidecar is there
// unless it is switched off, and both share volumes.
func (c controller) complete(w *facts.Workload) {
	w.Refusal = c.refusal()
	if c.kubernetes {
		w.Containers = slices.DeleteFunc(w.Containers, func(container facts.Container) bool { return container.Name.Is(identity.ContainerDocker) })
	}
	if indexContainer(w.Containers, identity.ContainerRunner) < 0 {
		w.Containers = slices.Insert(w.Containers, 0, c.newContainer(identity.ContainerRunner))
	}
	if c.sidecar && indexContainer(w.Containers, identity.ContainerDocker) < 0 {
		w.Containers = append(w.Containers, c.newContainer(identity.ContainerDocker))
	}
	runner := &w.Containers[indexContainer(w.Containers, identity.ContainerRunner)]
	if image := textOf(c.config.Get("image"), runner.Place); image.There {
		runner.Image = image
	}
	if !runner.PullPolicy.There {
		runner.PullPolicy = textOf(c.config.Get("imagePullPolicy"), runner.Place)
	}
	if c.within && c.privileged.There {
		runner.Privileged = c.privileged
	}
	if c.kubernetes {
		runner.Env = append(slices.Clip(runner.Env), hooks(c.at)...)
	}
	shared := c.shared()
	runner.Mounts = withShared(runner.Mounts, shared)
	if c.sidecar {
		docker := &w.Containers[indexContainer(w.Containers, identity.ContainerDocker)]
		docker.Mounts = withShared(docker.Mounts, shared)
	}
	w.Volumes = c.withVolumes(w.Volumes, shared)
}

// hooks are the variables of container mode kubernetes that say where jobs run
// (runnerHookEnvs).
func hooks(at source.Place) []facts.EnvVar {
	return []facts.EnvVar{
		{Name: identity.EnvContainerHooks, Place: at, Value: known("/runner/k8s/index.js")},
		{Name: identity.EnvRequireJobContainer, Place: at, Value: known("true")},
	}
}

// setFields gives the runner and the docker sidecar what the spec has for them, if they
// have none of their own (runner_controller.go, newPod).
func setFields(all []facts.Container, spec *source.Node) {
	for i := range all {
		c := &all[i]
		switch {
		case c.Name.Is(identity.ContainerRunner):
			if len(c.EnvFrom) == 0 {
				c.EnvFrom = sources(spec.Get("envFrom"))
			}
			if len(c.Env) == 0 {
				c.Env = variables(spec.Get("env"))
			}
			if len(c.Resources) == 0 {
				c.Resources = resources(spec.Get("resources"))
			}
		case c.Name.Is(identity.ContainerDocker):
			if len(c.Env) == 0 {
				c.Env = variables(spec.Get("dockerEnv"))
			}
			if len(c.Mounts) == 0 {
				c.Mounts = mounts(spec.Get("dockerVolumeMounts"))
			}
			if len(c.Resources) == 0 {
				c.Resources = resources(spec.Get("dockerdContainerResources"))
			}
		}
	}
}

// indexContainer is the last container with the name, as the controller looks for it; -1 if
// there is none.
func indexContainer(all []facts.Container, name string) int {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Name.Is(name) {
			return i
		}
	}
	return -1
}

// Names of the volumes that the runner shares with the docker sidecar, and where the
// work lies by default.
const (
	runnerVolume = "runner"
	workVolume   = "work"
	runVolume    = "var-run"
	workFolder   = "/runner/_work"
)

// sharedMounts are the mounts of a runner with a docker sidecar, and of the sidecar. Pods that
// add nothing to them have this one slice in common.
var sharedMounts = []facts.Mount{
	{Volume: known(runnerVolume), Path: known("/runner")},
	{Volume: known(workVolume), Path: known(workFolder)},
	{Volume: known(runVolume), Path: known("/run")},
}

func (c controller) shared() []facts.Mount {
	all := sharedMounts
	if folder := textOf(c.config.Get("workDir"), source.Place{}); folder.There {
		all = slices.Clone(all)
		all[1].Path = folder
	}
	switch {
	case c.sidecar:
		return all
	case c.kubernetes:
		return slices.Clip(all[:2])
	case hasNoSize(c.config.Get("volumeSizeLimit")):
		return nil
	}
	return slices.Clip(all[:1])
}

// hasNoSize reports whether a quantity is zero, by which the volume "runner" is left out.
func hasNoSize(quantity *source.Node) bool {
	return quantity.Scalar() && !strings.ContainsAny(quantity.Text, "123456789")
}

// withShared are a container's mounts and those that the controller adds: the runner's
// folder always, others if they are not there.
func withShared(own, shared []facts.Mount) []facts.Mount {
	if len(own) == 0 {
		return slices.Clip(shared)
	}
	for _, mount := range shared {
		if mount.Volume.Is(runnerVolume) || !hasMount(own, mount.Volume.Value) {
			own = append(own, mount)
		}
	}
	return own
}

// withRunnerMounts are the mounts of the Pod's first container and those of the spec, of
// which one of the work takes the place of the controller's.
func withRunnerMounts(all, of []facts.Mount) []facts.Mount {
	if len(of) == 0 {
		return all
	}
	all = slices.Clone(all)
	if hasMount(of, workVolume) {
		if i := slices.IndexFunc(all, func(m facts.Mount) bool { return m.Volume.Is(workVolume) }); i >= 0 {
			all = slices.Delete(all, i, i+1)
		}
	}
	return append(all, of...)
}

var sharedVolumes = []facts.Volume{{Name: known(runnerVolume)}, {Name: known(workVolume)}, {Name: known(runVolume)}}

// withVolumes are the Pod's volumes and those of the shared mounts. A Pod may have one for
// the work itself, unless that is a claim of the controller's.
func (c controller) withVolumes(own []facts.Volume, shared []facts.Mount) []facts.Volume {
	if len(own) == 0 {
		return slices.Clip(sharedVolumes[:len(shared)])
	}
	for i := range shared {
		if volume := sharedVolumes[i]; c.kubernetes || !volume.Name.Is(workVolume) || !hasVolume(own, workVolume) {
			own = append(own, volume)
		}
	}
	return own
}
