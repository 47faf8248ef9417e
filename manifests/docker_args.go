package manifests

import (
	"strconv"

	"keyless-runners/fleet"
)

// dockerArgs start the Docker sidecar of a scale set, whose socket the group "docker" of
// the runner's image may use.
func dockerArgs(pool fleet.Pool) []string {
	args := []string{"dockerd", "--host=unix:///var/run/docker.sock", "--group=$(DOCKER_GROUP_GID)"}
	if pool.DockerRegistryMirror != "" {
		args = append(args, "--registry-mirror="+pool.DockerRegistryMirror)
	}
	if pool.DockerMTU != 0 {
		args = append(args, "--mtu="+strconv.Itoa(pool.DockerMTU))
	}
	return args
}
