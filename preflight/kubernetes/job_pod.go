package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// What the container hooks call the job's container, and what a container of a template is
// called that adds to one of theirs.
const (
	jobName         = "job"
	extensionPrefix = "$"
)

// JobPod returns the Pod that the container hooks of a runner make for a job's container,
// before EKS' webhook has seen it: their own, with what the template adds; nil: there is none.
// The image of the main container is the job's. It follows mergePodSpecWithOptions,
// mergeContainerWithOptions and mergeObjectMeta of actions/runner-container-hooks
// (packages/k8s/src/k8s/utils.ts); the template's namespace counts for nothing.
func JobPod(w *facts.Workload, template *source.Node) facts.Workload {
	at := w.ContainerMode.Place
	if template == nil {
		template = &source.Node{Kind: source.Map, Place: at}
	}
	pod := object{root: template, kind: w.Kind, namespace: w.Namespace, name: w.Name}.makes(template)
	pod.Instance, pod.Runner, pod.Legacy, pod.ScaleSet = w.Instance, w.Runner, w.Legacy, w.ScaleSet
	pod.Scope, pod.RunnerLabels = w.Scope, w.RunnerLabels
	pod.ContainerMode = facts.Text{Place: at}
	job := facts.Container{Name: known(jobName), Mounts: slices.Clip(ownMounts)}
	if w.ContainerMode.Is(identity.ModeKubernetes) {
		job.Mounts = slices.Clip(workMounts)
	}
	pod.Volumes = append(volumesOf(job.Mounts), pod.Volumes...)
	added := containers(template.Get("spec", "containers"))
	if i := slices.IndexFunc(added, func(c facts.Container) bool { return c.Name.Is(extensionPrefix + jobName) }); i >= 0 {
		job = extended(job, added[i])
	}
	added = slices.DeleteFunc(added, func(c facts.Container) bool { return strings.HasPrefix(c.Name.Value, extensionPrefix) })
	pod.Containers = slices.Concat([]facts.Container{job}, added, initContainers(template.Get("spec", "initContainers")))
	return pod
}

// workMounts are the mounts that the hooks give the container of a job where the Pods share the
// runner's volume, and ownMounts those of their version without (createContainerSpec of
// prepare-job.ts, version 0.7 and from 0.8).
var (
	workMounts = []facts.Mount{
		{Volume: known(workVolume), Path: known("/__w")},
		{Volume: known(workVolume), Path: known("/__e")},
		{Volume: known(workVolume), Path: known("/github/home")},
		{Volume: known(workVolume), Path: known("/github/workflow")},
	}
	ownMounts = []facts.Mount{
		{Volume: known("externals"), Path: known("/__e")},
		{Volume: known("github"), Path: known("/github")},
	}
)

func volumesOf(all []facts.Mount) []facts.Volume {
	var volumes []facts.Volume
	for _, mount := range all {
		if !hasVolume(volumes, mount.Volume.Value) {
			volumes = append(volumes, facts.Volume{Name: mount.Volume})
		}
	}
	return volumes
}

// extended is a container with what that of the template adds: mounts come behind its
// own, the rest takes the place of its own, but for name and image.
func extended(job, added facts.Container) facts.Container {
	added.Name, added.Image = facts.Known(jobName, added.Name.Place), job.Image
	added.Mounts = append(job.Mounts, added.Mounts...)
	return added
}
