package chain

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// claims are the types of volumes of which a claim of the cluster is made.
var claims = []string{"ephemeral", "persistentVolumeClaim"}

// askHooks finds what keeps the container hooks of a scale set's runner from starting a job's Pod
// (actions/runner-container-hooks, packages/k8s/src/hooks/constants.ts). The legacy controller writes their variables
// and the volume itself.
func (c *Chains) askHooks(r *Runner, pod facts.Pod) {
	required, _ := c.RequiresContainer(r.Workload)
	starts := required || r.containerJobs > 0 || r.JobPod != nil && len(r.JobPod.Jobs) > 0
	if r.Legacy || r.StartedBy != nil || !r.StartsPods() || !starts || !c.hasKnownHooks(r) {
		return
	}
	main := &pod.Containers[0]
	hooks := c.Variable(r.Workload, main, identity.EnvContainerHooks)
	file := kubernetes.FileAt(pod, main, hooks.Value)
	key, unknown := c.keyIn(r.Workload, file.Keys)
	switch {
	case file.Mount == nil:
	case file.Volume != nil && len(file.Volume.Keys) > 0 && !key.Value.There && unknown == "":
		r.fails(Broken, file.Place, HooksFail, "the container hooks %q of %s are hidden: volume %q, which is mounted at %q, has no such file", hooks, r.Quoted(), file.Mount.Volume, file.Mount.Path)
	default:
		r.fails(Unknown, file.Place, HooksOpen, "whether the container hooks %q of %s are in volume %q is not known", hooks, r.Quoted(), file.Mount.Volume)
	}
	if named := c.Variable(r.Workload, main, identity.EnvPodName); !named.There && IsPublished(main.Image) {
		r.fails(Broken, hooks.Place, HooksFail, "the container hooks of %s end without %s, so no job with a container starts", r.Quoted(), identity.EnvPodName)
	} else if !named.There {
		r.fails(Unknown, hooks.Place, HooksOpen, "whether the container hooks of %s have %s is not known: image %q may set it", r.Quoted(), identity.EnvPodName, main.Image)
	}
	c.askClaim(r, pod)
}

// askClaim finds that the claim that a job's Pod shares with its runner is not made: Kubernetes makes the one that the
// hooks name, POD-work, of an ephemeral volume "work". A set without any volume of the name may be a part of one.
func (c *Chains) askClaim(r *Runner, pod facts.Pod) {
	main := &pod.Containers[0]
	if !r.ContainerMode.Is(identity.ModeKubernetes) || c.Variable(r.Workload, main, identity.EnvClaimName).There {
		return
	}
	for _, volume := range pod.Volumes {
		if volume.Name.Is("work") && volume.Type != "" && volume.Type != claims[0] {
			r.fails(Broken, volume.Place, HooksFail, "the Pods of jobs of %s wait for the claim of its ephemeral volume %q, which is of type %s", r.Quoted(), volume.Name, volume.Type)
		}
	}
}
