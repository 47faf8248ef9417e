package fleet

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Builder builds images in a pool's jobs. At most one field is set. Zero: Docker, with the
// defaults of its fields.
//
// The token for AWS is the runner's alone. What pushes an image gets what "docker login"
// got, which is good for 12 hours.
type Builder struct {
	// Docker is a Docker sidecar, which is privileged.
	Docker *Docker
	// RootlessBuildKit is a BuildKit sidecar without privileges.
	RootlessBuildKit *RootlessBuildKit
	// SharedBuildKit is a BuildKit that is there already, elsewhere in the cluster.
	SharedBuildKit *SharedBuildKit
	// Script builds and pushes an image with a tool that needs no builder, such as ko or
	// jib. It is bash, in which "$IMAGE" is the image to push, with its tag. It and the tool
	// are public: no secret is in it.
	Script string
}

// Docker is the Docker sidecar that the runner talks to.
type Docker struct {
	// Image is the sidecar's in a scale set. Zero: "docker:28.5-dind". In a
	// RunnerDeployment, the controller decides it.
	Image string
	// Resources are the sidecar's, in which images are built. Zero: what the namespace
	// defaults to.
	Resources corev1.ResourceRequirements
	// Env is set on the sidecar, as Pool.Env is on the runner.
	Env []corev1.EnvVar
	// VolumeMounts are the sidecar's. A volume at /var/lib/docker holds the layers, which
	// are else on the node's own disk.
	VolumeMounts []corev1.VolumeMount
	// RegistryMirror is the URL of a mirror of Docker Hub. Zero: none.
	RegistryMirror string
	// MTU is the largest packet of the networks that Docker makes, in bytes, for clusters
	// whose own is smaller than 1500. Zero: Docker's default, 1500.
	MTU int
}

// RootlessBuildKit is a BuildKit sidecar that runs as user 1000 in a user namespace of its
// own. No container of the Pod is privileged; the sidecar has no seccomp and AppArmor
// profile, because it makes namespaces and mounts (BuildKit, docs/rootless.md).
type RootlessBuildKit struct {
	// Image is the sidecar's, one of moby/buildkit's "-rootless". Zero:
	// "moby/buildkit:v0.27.0-rootless".
	Image string
	// Resources are the sidecar's, in which images are built. Zero: what the namespace
	// defaults to.
	Resources corev1.ResourceRequirements
	// Env is set on the sidecar, as Pool.Env is on the runner.
	Env []corev1.EnvVar
}

// SharedBuildKit is a BuildKit that several runners share. Everyone who may build there is
// trusted with what it builds for others, so it lets in only those with a certificate.
type SharedBuildKit struct {
	// Address is where it listens, "tcp://HOST:PORT".
	Address string
	// TLSSecret is the name of the Secret in the pool's namespace with the runner's
	// certificate, and that of the authority that BuildKit's is from: ca.crt, tls.crt and
	// tls.key, as in the Secrets of cert-manager.
	TLSSecret string
}

const (
	dockerImage   = "docker:28.5-dind"
	buildKitImage = "moby/buildkit:v0.27.0-rootless"

	buildKitSidecar = "buildkitd"

	// BuildKitAddress is where the sidecar listens: nothing outside the Pod reaches it.
	BuildKitAddress = "tcp://127.0.0.1:1234"
	// BuildKitVolume holds what the sidecar builds, in its folder BuildKitFolder.
	BuildKitVolume = "buildkit"
	BuildKitFolder = "/home/user/.local/share/buildkit"

	// BuildKitTLSVolume is mounted in the runner at BuildKitTLSFolder, with the keys of the
	// Secret as files.
	BuildKitTLSVolume = "buildkit-tls"
	BuildKitTLSFolder = "/etc/buildkit/tls"
)

// DockerImage is the image of the Docker sidecar.
func (d Docker) DockerImage() string {
	return cmp.Or(d.Image, dockerImage)
}

// BuildKitImage is the image of the BuildKit sidecar.
func (r RootlessBuildKit) BuildKitImage() string {
	return cmp.Or(r.Image, buildKitImage)
}

// UsesDocker reports whether the pool's Pods have a Docker sidecar.
func (p Pool) UsesDocker() bool {
	return p.Builder.RootlessBuildKit == nil && p.Builder.SharedBuildKit == nil && p.Builder.Script == ""
}

// Docker returns the settings of the pool's Docker sidecar.
func (p Pool) Docker() Docker {
	if p.Builder.Docker == nil {
		return Docker{}
	}
	return *p.Builder.Docker
}

// Sidecar is the name of the container that builds images beside the runner, from which
// the token is kept; "" if there is none (actions-runner-controller, runner_controller.go
// and charts/gha-runner-scale-set, _helpers.tpl).
func (p Pool) Sidecar() string {
	switch {
	case p.Builder.RootlessBuildKit != nil:
		return buildKitSidecar
	case !p.UsesDocker():
		return ""
	case p.ScaleSet != nil:
		return "dind"
	}
	return "docker"
}

// SidecarEnv is the environment of the container that builds images: the proxy, then its
// own.
func (p Pool) SidecarEnv() []corev1.EnvVar {
	own := p.Docker().Env
	if p.Builder.RootlessBuildKit != nil {
		own = p.Builder.RootlessBuildKit.Env
	}
	return slices.Concat(p.Proxy.env(), own)
}

// BuildKit is the address of the BuildKit that the pool's jobs build with; "" if they do
// not.
func (p Pool) BuildKit() string {
	switch {
	case p.Builder.RootlessBuildKit != nil:
		return BuildKitAddress
	case p.Builder.SharedBuildKit != nil:
		return p.Builder.SharedBuildKit.Address
	}
	return ""
}

// PodSecurity is a level of the Pod Security Standards
// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
type PodSecurity string

const (
	PodSecurityPrivileged PodSecurity = "privileged"
	PodSecurityBaseline   PodSecurity = "baseline"
)

// PodSecurity is the strictest level that admits the pool's Pods: the Docker sidecar is
// privileged, and the BuildKit sidecar has no seccomp profile. Runners may use sudo, which
// the level "restricted" does not let them.
func (p Pool) PodSecurity() PodSecurity {
	if p.Sidecar() != "" {
		return PodSecurityPrivileged
	}
	return PodSecurityBaseline
}
