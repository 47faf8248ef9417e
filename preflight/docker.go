package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// checkDocker reports a job that needs a Docker daemon on a runner that has none.
func (p *proof) checkDocker(job *facts.Job, r *runner) {
	if job.Container.There && p.lacksHooks(r.Workload) {
		p.reportNoHooks(job, r)
		return
	}
	if job.Container.There && startsPods(r.Workload) {
		return // KR013 says what is wrong there
	}
	if job.Docker.There && !p.hasDocker(r.Workload) {
		p.find(noDocker, job.Docker.Place, fmt.Sprintf("job %q needs a Docker daemon (%s), and no container of %s %q is one", job.ID, job.Docker.Value, r.Kind, name(r.Namespace, r.Name)),
			"give the runner a Docker sidecar, or build with a tool that needs no daemon", Related{r.Place, "the runner"})
	}
}

// hasDocker says whether there may be a Docker daemon for the jobs of a workload: the
// sidecar that the controller adds to the legacy kinds, a container that may be one, one
// of the node, or one of another machine. Without privileges only a runtime class lets
// one run.
func (p *proof) hasDocker(w *facts.Workload) bool {
	if len(w.Containers) == 0 || w.RuntimeClass.There {
		return true
	}
	if w.DockerdWithinRunner.Is("true") {
		return true
	}
	for _, variable := range p.environment(w, &w.Containers[0]) {
		if variable.Name == "DOCKER_HOST" && !strings.HasPrefix(p.valueOf(w, variable).Value, "unix:") {
			return true
		}
	}
	return slices.ContainsFunc(w.Containers, mayBeDocker) || slices.ContainsFunc(w.Volumes, hasSocket) ||
		slices.ContainsFunc(w.Containers[0].EnvFrom, func(of facts.EnvSource) bool { return p.keyValues(w, of) == nil })
}

// hasSocket reports whether the socket of the node's Docker may be in a volume.
func hasSocket(volume facts.Volume) bool {
	path := volume.HostPath
	return path.Unknown != "" || strings.HasSuffix(path.Value, "docker.sock") || slices.Contains([]string{"/", "/run", "/var", "/var/run"}, path.Value)
}

// mayBeDocker says whether a container may be a Docker daemon.
func mayBeDocker(container facts.Container) bool {
	image := container.Image.Value
	return container.Privileged.MayBe("true") || container.Image.Unknown != "" || strings.Contains(image, "dind") || strings.Contains(image, "docker:")
}
