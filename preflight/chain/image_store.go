package chain

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// storeSince is the first version of Docker whose image store is containerd's unless it is told otherwise
// (https://docs.docker.com/engine/storage/containerd/).
var storeSince = identity.Version{29, 0, 0}

// ImageStore says why the image store of the Docker daemon that a workload's main container uses is not containerd's, or
// why that is not known; both are "" if it is.
func (c *Chains) ImageStore(w *facts.Workload) (not, unknown string) {
	if len(w.Containers) == 0 {
		return "", "the runner's containers are not known"
	}
	for _, name := range []string{"BUILDX_BUILDER", "DOCKER_CONTEXT", "DOCKER_HOST"} {
		if set := c.Variable(w, &w.Containers[0], name); set.There && (name != "DOCKER_HOST" || !set.Known() || !isInPod(set.Value)) {
			return "", fmt.Sprintf("the runner has the variable %s (%q)", name, set)
		}
	}
	daemons := slices.DeleteFunc(slices.Clone(w.Containers[1:]), func(beside facts.Container) bool { return !mayBeDocker(&beside) })
	if len(daemons) != 1 || slices.ContainsFunc(w.Volumes, hasNodesSocket) {
		return "", "no container beside the runner is certainly its Docker daemon"
	}
	daemon := &daemons[0]
	switch daemon.Image.Unknown {
	case "":
	case facts.OfDockerImageFlag: // docker:dind, which is the newest, unless the controller is told otherwise
		return "", ""
	default:
		return "", "which image its Docker daemon has is not known: " + daemon.Image.Unknown
	}
	version, known := identity.ImageVersion(daemon.Image.Value)
	_, _, read := addresses(w, daemon, server{"dockerd", "--host", "-H", "--config-file", "/etc/docker/daemon.json"})
	told := slices.ContainsFunc(slices.Concat(daemon.Command, daemon.Args), func(word facts.Text) bool { return strings.Contains(word.Value, "containerd-snapshotter") })
	switch {
	case !isDockersImage(daemon.Image) || !known:
		return "", fmt.Sprintf("which version of Docker image %q has is not known", daemon.Image.Value)
	case !read || told:
		return "", fmt.Sprintf("container %q has its own configuration", daemon.Name)
	case version.Before(storeSince):
		return fmt.Sprintf("Docker before %s has another unless it is told to: container %q has image %q", storeSince, daemon.Name, daemon.Image.Value), ""
	}
	return "", ""
}

// StartsEmpty reports whether the Docker daemon of a runner certainly has no image when a job starts: it ends with the
// runner, which ends with the job, and keeps its images in no volume that outlives the Pod.
func (c *Chains) StartsEmpty(w *facts.Workload) bool {
	if !w.Runner || !w.ScaleSet && w.Ephemeral.MayBe("false") || len(w.Containers) == 0 || slices.ContainsFunc(w.Volumes, hasNodesSocket) {
		return false
	}
	host := c.Variable(w, &w.Containers[0], "DOCKER_HOST")
	if host.There && (!host.Known() || !isInPod(host.Value)) || c.HasUnknownEnvFrom(w) {
		return false
	}
	return !slices.ContainsFunc(w.Containers, func(one facts.Container) bool {
		images := kubernetes.FileAt(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}, &one, "/var/lib/docker")
		return images.Mount != nil && (images.Volume == nil || images.Volume.Type != "emptyDir")
	})
}

// isInPod reports whether an address is one of the Pod, or none.
func isInPod(address string) bool {
	endpoint, err := url.Parse(address)
	return address == "" || err == nil && (endpoint.Scheme == "unix" || isLoopback(endpoint))
}

// OldBuildKit says why the BuildKit at an address, which is beside the main container of a workload, is older than
// identity.ExportsManifest, or why that is not known; both are "" if it is not.
func (c *Chains) OldBuildKit(w *facts.Workload, address string) (old, unknown string) {
	for i := range w.Containers {
		image := w.Containers[i].Image
		if i == 0 || imageName(image) != "moby/buildkit" || !isInPod(address) {
			continue
		}
		switch version, known := identity.ImageVersion(image.Value); {
		case known && version.Before(identity.ExportsManifest):
			return fmt.Sprintf("container %q has image %q", w.Containers[i].Name, image.Value), ""
		case known:
			return "", ""
		}
	}
	return "", "the files don't show which version of BuildKit builds"
}
