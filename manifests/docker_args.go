package manifests

import (
	"strconv"

	"keyless-runners/fleet"
)

// dockerArgs start the Docker sidecar of a scale set, whose socket the group "docker" of
// the runner's image may use.
func dockerArgs(docker fleet.Docker) []string {
	args := []string{"dockerd", "--host=unix:///var/run/docker.sock", "--group=$(DOCKER_GROUP_GID)"}
	if docker.RegistryMirror != "" {
		args = append(args, "--registry-mirror="+docker.RegistryMirror)
	}
	if docker.MTU != 0 {
		args = append(args, "--mtu="+strconv.Itoa(docker.MTU))
	}
	return args
}
