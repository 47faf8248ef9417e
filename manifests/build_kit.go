package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	arc "keyless-runners/imports/actionssummerwinddev"
)

// buildKitContainer is the sidecar in which BuildKit runs without privileges (BuildKit,
// docs/rootless.md and examples/kubernetes/statefulset.rootless.yaml). Without seccomp
// profile it can make namespaces and mounts; its own processes see each other, because a
// container that is not privileged cannot mount /proc.
func buildKitContainer(pool fleet.Pool) corev1.Container {
	declared, user := pool.Builder.RootlessBuildKit, int64(1000)
	return corev1.Container{
		Name:      pool.Sidecar(),
		Image:     declared.BuildKitImage(),
		Args:      []string{"--addr=" + fleet.BuildKitAddress, "--oci-worker-no-process-sandbox"},
		Env:       pool.SidecarEnv(),
		Resources: declared.Resources,
		SecurityContext: &corev1.SecurityContext{
			RunAsUser:      &user,
			RunAsGroup:     &user,
			SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeUnconfined},
		},
		StartupProbe: &corev1.Probe{
			ProbeHandler:     corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"buildctl", "--addr=" + fleet.BuildKitAddress, "debug", "workers"}}},
			FailureThreshold: 24,
			PeriodSeconds:    5,
		},
		VolumeMounts: []corev1.VolumeMount{{Name: fleet.BuildKitVolume, MountPath: fleet.BuildKitFolder}},
	}
}

// sidecars are the containers that a RunnerDeployment has beside the runner and the Docker
// sidecar. Quantities are put in by hand, as everywhere in the bindings: a patch of them is
// rendered as null.
func sidecars(pool fleet.Pool) *[]*arc.RunnerDeploymentSpecTemplateSpecSidecarContainers {
	if pool.Builder.RootlessBuildKit == nil {
		return nil
	}
	container := buildKitContainer(pool)
	asked := container.Resources
	container.Resources = corev1.ResourceRequirements{}
	binding := as[arc.RunnerDeploymentSpecTemplateSpecSidecarContainers](&container)
	binding.Resources = nil
	if len(asked.Requests)+len(asked.Limits) > 0 {
		binding.Resources = &arc.RunnerDeploymentSpecTemplateSpecSidecarContainersResources{
			Requests: amounts(asked.Requests, arc.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesRequests_FromString),
			Limits:   amounts(asked.Limits, arc.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits_FromString),
		}
	}
	return &[]*arc.RunnerDeploymentSpecTemplateSpecSidecarContainers{binding}
}

// builderVolumes returns the volumes that BuildKit needs: a folder for what the sidecar builds, or the
// runner's certificate for a BuildKit elsewhere.
func builderVolumes(pool fleet.Pool) []corev1.Volume {
	switch builder := pool.Builder; {
	case builder.RootlessBuildKit != nil:
		return []corev1.Volume{emptyDir(fleet.BuildKitVolume)}
	case builder.SharedBuildKit != nil:
		return []corev1.Volume{{Name: fleet.BuildKitTLSVolume, VolumeSource: corev1.VolumeSource{
			Secret: &corev1.SecretVolumeSource{SecretName: builder.SharedBuildKit.TLSSecret},
		}}}
	}
	return nil
}

// builderMounts are the runner's of these.
func builderMounts(pool fleet.Pool) []corev1.VolumeMount {
	if pool.Builder.SharedBuildKit == nil {
		return nil
	}
	return []corev1.VolumeMount{{Name: fleet.BuildKitTLSVolume, MountPath: fleet.BuildKitTLSFolder, ReadOnly: true}}
}
