package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// dockerName is the sidecar in which a legacy runner's Docker runs.
const dockerName = "docker"

// listedContainers are those that the Pod lists. The controller makes a docker
// sidecar privileged that says nothing of its security.
func listedContainers(w facts.Workload, pod *source.Node) []facts.Container {
	sidecar := !w.DockerEnabled.Is("false") && !w.DockerdWithinRunner.Is("true") && !hasSELinux(pod)
	var all []facts.Container
	for _, node := range objectsOf(pod.Get("containers")) {
		c := container(node)
		if sidecar && c.Name.Is(dockerName) && !node.Has("securityContext") {
			c.Privileged = facts.Text{Value: "true", Place: node.Place, There: true}
		}
		all = append(all, c)
	}
	return all
}

// setVariables gives the runner and the docker sidecar the variables of the spec,
// if they have none of their own (runner_controller.go, newPod).
func setVariables(all []facts.Container, spec *source.Node) {
	for i := range all {
		c := &all[i]
		if c.Name.Is(runnerName) && len(c.EnvFrom) == 0 {
			c.EnvFrom = sources(spec.Get("envFrom"))
		}
		switch {
		case len(c.Env) > 0:
		case c.Name.Is(runnerName):
			c.Env = variables(spec.Get("env"))
		case c.Name.Is(dockerName):
			c.Env = variables(spec.Get("dockerEnv"))
		}
	}
}

// runnerContainers are the containers as the controller makes them of the listed
// ones (runner_controller.go, newRunnerPodWithContainerMode): the runner is there
// and has the image of its configuration, and in kubernetes mode there is no
// Docker.
func runnerContainers(w facts.Workload, config, pod *source.Node, all []facts.Container) []facts.Container {
	kubernetes := w.ContainerMode.Is(kubernetesMode)
	if kubernetes {
		all = slices.DeleteFunc(all, func(c facts.Container) bool { return c.Name.Is(dockerName) })
	}
	if !runnerFirst(all) {
		all = slices.Insert(all, 0, newRunner(placeOf(config, w.Place)))
	}
	runner := &all[0]
	if image := textOf(config.Get("image"), runner.Place); image.There {
		runner.Image = image
	}
	runner.Mounts = append(runner.Mounts, mounts(config.Get("volumeMounts"))...)
	if w.DockerdWithinRunner.Is("true") && !kubernetes && !hasSELinux(pod) {
		runner.Privileged = w.DockerdWithinRunner
	}
	return all
}

// newRunner is the runner's container where none is listed.
func newRunner(at source.Place) facts.Container {
	nothing := facts.Text{Place: at}
	return facts.Container{
		Place:      at,
		Name:       facts.Text{Value: runnerName, Place: at, There: true},
		Image:      nothing,
		Privileged: nothing,
	}
}

// hasSELinux says whether the Pod has SELinux options, with which the controller
// makes nothing privileged.
func hasSELinux(pod *source.Node) bool {
	return pod.Has("securityContext", "seLinuxOptions")
}
