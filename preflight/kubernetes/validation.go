package kubernetes

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Refusal is why the API server refuses a Pod.
type Refusal struct {
	// Place is where the files have what is refused; nowhere if the controller and the
	// webhook alone made it.
	Place source.Place
	// Text says what is wrong with the Pod, in one line.
	Text string
}

// Validate returns why the API server refuses the workload's Pod, nil if its restart policy, its
// DNS policy, its deadline, its containers and its volumes give no reason to. It knows what k8s.io/kubernetes
// (pkg/apis/core/validation) requires of the names of containers and volumes, of init containers,
// mounts and tokens. The legacy kinds but RunnerSet have no restart policy.
func Validate(w *facts.Workload, pod facts.Pod) *Refusal {
	if w.Invalid.There {
		return &Refusal{w.Invalid.Place, w.Invalid.Value}
	}
	if policy := w.RestartPolicy; policy.Known() && !slices.Contains(restartPolicies, policy.Value) && (!w.Legacy || w.Kind == "RunnerSet") {
		return &Refusal{policy.Place, fmt.Sprintf("restartPolicy is %q; want %s", policy.Value, strings.Join(restartPolicies, ", "))}
	}
	if allowed := policiesOf(w.Kind); allowed != nil && w.RestartPolicy.Unknown == "" && !slices.Contains(allowed, w.RestartPolicy.Or("Always").Value) {
		return &Refusal{w.RestartPolicy.Place, fmt.Sprintf("restartPolicy of a %s is %q; want %s", w.Kind, w.RestartPolicy.Or("Always"), strings.Join(allowed, " or "))}
	}
	if w.NoNameserver.There {
		return &Refusal{w.NoNameserver.Place, `dnsPolicy is "None", and dnsConfig has no nameservers`}
	}
	if seconds, err := strconv.Atoi(w.Deadline.Value); err == nil && seconds < 1 {
		return &Refusal{w.Deadline.Place, fmt.Sprintf("activeDeadlineSeconds is %d; want 1 or more", seconds)}
	}
	for i := range pod.Volumes {
		volume := &pod.Volumes[i]
		if first := indexVolume(pod.Volumes, volume.Name.Value); first < i {
			return &Refusal{cmp.Or(volume.Place, pod.Volumes[first].Place), fmt.Sprintf("two volumes have the name %q", volume.Name.Value)}
		}
		for _, token := range volume.Tokens {
			if refused := validateToken(volume, token); refused != nil {
				return refused
			}
		}
	}
	for i := range pod.Containers {
		c := &pod.Containers[i]
		if refused := validateContainer(pod.Containers[:i], c); refused != nil {
			return refused
		}
		if !c.Image.There && !w.Legacy && c.Place != (source.Place{}) && !c.Name.Is(jobName) {
			return &Refusal{c.Place, fmt.Sprintf("container %q has no image", c.Name.Value)}
		}
		if refused := validateMounts(pod, &pod.Containers[i]); refused != nil {
			return refused
		}
	}
	return nil
}

var label = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

var restartPolicies = []string{"Always", "OnFailure", "Never"}

// policiesOf are the restart policies of a kind that goes on making its Pods, and of one that waits for their
// end (pkg/apis/apps/validation and pkg/apis/batch/validation); nil: any.
func policiesOf(kind string) []string {
	switch kind {
	case "DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet":
		return restartPolicies[:1]
	case "CronJob", "Job":
		return restartPolicies[1:]
	}
	return nil
}

// validateContainer refuses the name of an earlier container, and what an init container may
// have only if it goes on running.
func validateContainer(earlier []facts.Container, c *facts.Container) *Refusal {
	if !c.Name.There {
		return &Refusal{c.Place, "a container has no name"}
	}
	if c.Name.Known() && slices.ContainsFunc(earlier, func(e facts.Container) bool { return e.Name.Is(c.Name.Value) }) {
		return &Refusal{c.Place, fmt.Sprintf("two containers have the name %q", c.Name.Value)}
	}
	if c.Name.Known() && !label.MatchString(c.Name.Value) {
		return &Refusal{c.Name.Place, fmt.Sprintf("the name of container %q is no label: want up to 63 lower-case letters, digits and -", c.Name.Value)}
	}
	if c.Init && !c.Sidecar && c.Probe.There {
		return &Refusal{c.Probe.Place, fmt.Sprintf("init container %q has a %s without restartPolicy Always", c.Name.Value, c.Probe.Value)}
	}
	return nil
}

func validateToken(volume *facts.Volume, token facts.Token) *Refusal {
	if !token.Path.There {
		return &Refusal{token.Place, fmt.Sprintf("the token in volume %q has no path", volume.Name.Value)}
	}
	seconds, err := strconv.ParseInt(token.Seconds.Value, 10, 64)
	if err == nil && (seconds < identity.MinTokenSeconds || seconds > identity.MaxTokenSeconds) {
		return &Refusal{token.Seconds.Place, fmt.Sprintf("the token in volume %q is to be valid for %d seconds, and %d to %d are allowed", volume.Name.Value, seconds, identity.MinTokenSeconds, identity.MaxTokenSeconds)}
	}
	return nil
}

func validateMounts(pod facts.Pod, c *facts.Container) *Refusal {
	for i := range c.Mounts {
		mount := &c.Mounts[i]
		if !mount.Path.There {
			return &Refusal{mount.Place, fmt.Sprintf("container %q mounts volume %q without a mountPath", c.Name.Value, mount.Volume.Value)}
		}
		if !hasVolume(pod.Volumes, mount.Volume.Value) {
			return &Refusal{mount.Place, fmt.Sprintf("container %q mounts volume %q, and the Pod has no volume of that name", c.Name.Value, mount.Volume.Value)}
		}
		for _, earlier := range c.Mounts[:i] {
			if earlier.Path.Value == mount.Path.Value {
				return &Refusal{cmp.Or(earlier.Place, mount.Place), fmt.Sprintf("container %q has two volumes at %q, %q and %q", c.Name.Value, mount.Path.Value, earlier.Volume.Value, mount.Volume.Value)}
			}
		}
	}
	return nil
}
