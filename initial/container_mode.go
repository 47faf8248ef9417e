package initial

import (
	"cmp"
	"path"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// hookVariables are the variables by which a runner makes Pods for jobs. A container mode sets them.
var hookVariables = []string{identity.EnvContainerHooks, identity.EnvPodName, identity.EnvRequireJobContainer, identity.EnvHookTemplate, identity.EnvRunnerImage}

// addContainerMode declares that jobs run in separate Pods, which the template in a ConfigMap
// describes.
func (a *declaration) addContainerMode(r *runner, spec *corev1.PodSpec, pod *podSpec, main *corev1.Container) {
	template := a.jobTemplate(r, spec, main)
	job := cmp.Or(containerNamed(template.Spec.Containers, "$job"), &corev1.Container{})
	mode := &fleet.ContainerMode{RunnerServiceAccount: identity.ServiceAccount(spec.ServiceAccountName), Resources: job.Resources}
	for _, volume := range pod.Volumes {
		if volume.Name == "work" && volume.Ephemeral != nil && volume.Ephemeral.VolumeClaimTemplate != nil {
			mode.KubernetesModeWorkVolumeClaim = &volume.Ephemeral.VolumeClaimTemplate.Spec
		}
	}
	if image := a.workflows[string(r.pool.Name)].Word("jobs", "push", "container"); image != string(r.pool.Image) {
		mode.Image = image
	}
	r.pool.ScaleSet.ContainerMode = mode
	if shared := sharedBuildKit(template.Spec.Volumes); shared != nil {
		r.pool.Builder.SharedBuildKit = shared
	} else {
		r.pool.Builder = a.scriptBuilder(r)
	}
	if volume := templateVolume(spec, main); volume != nil {
		name := volume.Name
		pod.Volumes, main.VolumeMounts = withoutVolumes(pod.Volumes, name), withoutMounts(main.VolumeMounts, name)
	}
	main.Env = slices.DeleteFunc(main.Env, func(variable corev1.EnvVar) bool { return slices.Contains(hookVariables, variable.Name) })
}

// templatePath is where the runner's hooks find the template; "" if nothing says it.
func templatePath(main *corev1.Container) string {
	for _, variable := range main.Env {
		if variable.Name == identity.EnvHookTemplate {
			return variable.Value
		}
	}
	return ""
}

// templateVolume is the volume that the runner has there, nil if it has none.
func templateVolume(spec *corev1.PodSpec, main *corev1.Container) *corev1.Volume {
	for _, mount := range main.VolumeMounts {
		if mount.MountPath != path.Dir(templatePath(main)) {
			continue
		}
		i := slices.IndexFunc(spec.Volumes, func(volume corev1.Volume) bool { return volume.Name == mount.Name })
		if i >= 0 && spec.Volumes[i].ConfigMap != nil {
			return &spec.Volumes[i]
		}
	}
	return nil
}

// jobTemplate is the template of the Pods of jobs, from the ConfigMap of the runner's own folder
// first; nothing if no file has it.
func (a *declaration) jobTemplate(r *runner, spec *corev1.PodSpec, main *corev1.Container) corev1.PodTemplateSpec {
	var template corev1.PodTemplateSpec
	volume := templateVolume(spec, main)
	if volume == nil {
		return template
	}
	var found *source.Node
	for _, object := range a.facts().Objects {
		if object.Kind == "ConfigMap" && object.Namespace.Same(r.Namespace) && object.Name.Is(volume.ConfigMap.Name) && (found == nil || sameFolder(object, r)) {
			found = a.objects[object.Place].Get("data", path.Base(templatePath(main))).Contained()
		}
	}
	a.decode(r, found, &template)
	return template
}

func sameFolder(object facts.Object, r *runner) bool {
	return index.Folder(object.Place) == index.Folder(r.Place)
}
