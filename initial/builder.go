package initial

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
)

// buildKitSidecar is the name of the BuildKit container that is rendered.
const buildKitSidecar = "buildkitd"

// containerNamed returns the container with the name, nil if there is none.
func containerNamed(containers []corev1.Container, name string) *corev1.Container {
	i := slices.IndexFunc(containers, func(c corev1.Container) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &containers[i]
}

// buildKit is the BuildKit sidecar that a container is.
func (a *declaration) buildKit(r *runner, c *corev1.Container) fleet.Builder {
	declared := &fleet.RootlessBuildKit{Image: c.Image, Resources: c.Resources, Env: a.sidecarEnv(r, c.Env)}
	if (fleet.RootlessBuildKit{}).BuildKitImage() == c.Image {
		declared.Image = ""
	}
	return fleet.Builder{RootlessBuildKit: declared}
}

// sharedBuildKit is the BuildKit elsewhere for which the Pod mounts a certificate; nil if it
// mounts none. Its address is the workflow's.
func sharedBuildKit(volumes []corev1.Volume) *fleet.SharedBuildKit {
	for _, volume := range volumes {
		if volume.Name == fleet.BuildKitTLSVolume && volume.Secret != nil {
			return &fleet.SharedBuildKit{TLSSecret: volume.Secret.SecretName}
		}
	}
	return nil
}

// dockerBuilder is a Docker sidecar; the zero value if it has nothing that is not the default.
func dockerBuilder(docker fleet.Docker) fleet.Builder {
	if reflect.ValueOf(docker).IsZero() {
		return fleet.Builder{}
	}
	return fleet.Builder{Docker: &docker}
}

// dind is the Docker sidecar of a scale set that a container is.
func (a *declaration) dind(r *runner, c *corev1.Container) fleet.Docker {
	docker := fleet.Docker{Image: c.Image, Resources: c.Resources}
	if (fleet.Docker{}).DockerImage() == c.Image {
		docker.Image = ""
	}
	for _, arg := range c.Args {
		if mirror, is := strings.CutPrefix(arg, "--registry-mirror="); is {
			docker.RegistryMirror = mirror
		}
		if mtu, is := strings.CutPrefix(arg, "--mtu="); is {
			docker.MTU, _ = strconv.Atoi(mtu)
		}
	}
	docker.Env = a.sidecarEnv(r, withoutSame(slices.Clone(c.Env), []corev1.EnvVar{{Name: "DOCKER_GROUP_GID", Value: "123"}}))
	docker.VolumeMounts = withoutMounts(c.VolumeMounts, dindVolumes...)
	if len(docker.VolumeMounts) == 0 {
		docker.VolumeMounts = nil
	}
	return docker
}

// dindVolumes are the volumes that a scale set's runner and its Docker sidecar share.
var dindVolumes = []string{"work", "dind-sock", "dind-externals"}
