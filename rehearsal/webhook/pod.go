package webhook

import (
	"slices"
	"strings"

	core "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// mutate gives the Pod's containers the token and the variables, and reports whether it
// did anything. A volume of the token's name stays as it is, whatever is in it.
func mutate(pod *core.Pod, s settings, region identity.Region) bool {
	if s == (settings{}) {
		return false
	}
	s.seconds = expiration(pod.Annotations, s.seconds)
	if s.agent {
		s.seconds = jittered(s.seconds)
		label(pod)
	}
	if !slices.ContainsFunc(pod.Spec.Volumes, func(v core.Volume) bool { return v.Name == s.volume }) {
		pod.Spec.Volumes = slices.Insert(pod.Spec.Volumes, 0, s.projected())
	}
	skipped := skipped(pod)
	file := core.EnvVar{Name: s.file, Value: s.tokenFile(pod)}
	for _, containers := range [][]core.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range containers {
			if !skipped[containers[i].Name] {
				s.inject(&containers[i], file, region)
			}
		}
	}
	return true
}

// label marks a Pod that gets a token for the agent.
func label(pod *core.Pod) {
	if pod.Labels == nil {
		pod.Labels = map[string]string{}
	}
	pod.Labels[prefix+"pod-identity"] = "enabled"
}

func (s settings) projected() core.Volume {
	token := core.ServiceAccountTokenProjection{Audience: s.audience, ExpirationSeconds: &s.seconds, Path: s.path}
	return core.Volume{Name: s.volume, VolumeSource: core.VolumeSource{
		Projected: &core.ProjectedVolumeSource{Sources: []core.VolumeProjection{{ServiceAccountToken: &token}}},
	}}
}

// tokenFile is where a container finds the token.
func (s settings) tokenFile(pod *core.Pod) string {
	file := s.folder + "/" + s.path
	for _, label := range []string{"kubernetes.io/os", "beta.kubernetes.io/os"} {
		if pod.Spec.NodeSelector[label] == "windows" {
			return `C:` + strings.ReplaceAll(file, "/", `\`)
		}
	}
	return file
}

// inject gives a container what it does not have. A container that has variables of
// every kind is taken for one that was met before, and gets no volume either.
func (s settings) inject(container *core.Container, file core.EnvVar, region identity.Region) {
	endpoints := has(container, "AWS_STS_REGIONAL_ENDPOINTS")
	regions := has(container, "AWS_DEFAULT_REGION", "AWS_REGION")
	role := has(container, s.role.Name, file.Name)
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
		container.Env = append(container.Env, s.role, file)
	}
	if !slices.ContainsFunc(container.VolumeMounts, func(m core.VolumeMount) bool { return m.Name == s.volume }) {
		mount := core.VolumeMount{Name: s.volume, ReadOnly: true, MountPath: s.folder}
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
