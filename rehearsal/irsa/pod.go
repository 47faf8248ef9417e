package irsa

import (
	"slices"
	"strings"

	core "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

const (
	volumeName = "aws-iam-token"
	mountPath  = "/var/run/secrets/eks.amazonaws.com/serviceaccount"
	tokenName  = "token"
)

// mutate gives the Pod's containers the token and the variables, and reports whether it
// did anything. A volume of the token's name stays as it is, whatever is in it.
func mutate(pod *core.Pod, s settings, region identity.Region) bool {
	if s.role == "" {
		return false
	}
	s.seconds = expiration(pod.Annotations, s.seconds)
	if !slices.ContainsFunc(pod.Spec.Volumes, func(v core.Volume) bool { return v.Name == volumeName }) {
		pod.Spec.Volumes = slices.Insert(pod.Spec.Volumes, 0, s.volume())
	}
	skipped := skipped(pod)
	file := tokenFile(pod)
	for _, containers := range [][]core.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range containers {
			if !skipped[containers[i].Name] {
				s.inject(&containers[i], file, region)
			}
		}
	}
	return true
}

func (s settings) volume() core.Volume {
	token := core.ServiceAccountTokenProjection{Audience: s.audience, ExpirationSeconds: &s.seconds, Path: tokenName}
	return core.Volume{Name: volumeName, VolumeSource: core.VolumeSource{
		Projected: &core.ProjectedVolumeSource{Sources: []core.VolumeProjection{{ServiceAccountToken: &token}}},
	}}
}

// tokenFile is where a container finds the token.
func tokenFile(pod *core.Pod) string {
	file := mountPath + "/" + tokenName
	for _, label := range []string{"kubernetes.io/os", "beta.kubernetes.io/os"} {
		if pod.Spec.NodeSelector[label] == "windows" {
			return `C:` + strings.ReplaceAll(file, "/", `\`)
		}
	}
	return file
}

// inject gives a container what it does not have. A container that has variables of
// every kind is taken for one that was met before, and gets no volume either.
func (s settings) inject(container *core.Container, tokenFile string, region identity.Region) {
	endpoints := has(container, "AWS_STS_REGIONAL_ENDPOINTS")
	regions := has(container, "AWS_DEFAULT_REGION", "AWS_REGION")
	role := has(container, "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE")
	if endpoints && regions && role {
		return
	}
	if !endpoints && s.regional {
		set(container, "AWS_STS_REGIONAL_ENDPOINTS", "regional")
	}
	if !regions {
		set(container, "AWS_DEFAULT_REGION", string(region))
		set(container, "AWS_REGION", string(region))
	}
	if !role {
		set(container, "AWS_ROLE_ARN", s.role)
		set(container, "AWS_WEB_IDENTITY_TOKEN_FILE", tokenFile)
	}
	if !slices.ContainsFunc(container.VolumeMounts, func(m core.VolumeMount) bool { return m.Name == volumeName }) {
		mount := core.VolumeMount{Name: volumeName, ReadOnly: true, MountPath: mountPath}
		container.VolumeMounts = append(container.VolumeMounts, mount)
	}
}

// has says that a container has one of the variables.
func has(container *core.Container, names ...string) bool {
	return slices.ContainsFunc(container.Env, func(v core.EnvVar) bool { return slices.Contains(names, v.Name) })
}

func set(container *core.Container, name, value string) {
	container.Env = append(container.Env, core.EnvVar{Name: name, Value: value})
}
