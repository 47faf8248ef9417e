package chain

import (
	"fmt"

	"keyless-runners/preflight/facts"
)

// NamespaceRefuses means that the Pods' namespace enforces a level of Pod Security that they do
// not have.
type NamespaceRefuses struct{ Namespace, Level, Why string }

func (n NamespaceRefuses) Text() string {
	return fmt.Sprintf("namespace %q enforces Pod Security level %q and refuses its Pods: %s", n.Namespace, n.Level, n.Why)
}

// askNamespace finds whether the namespace refuses the Pod for what every level but
// "privileged" forbids (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
// What "restricted" asks beside that is not looked at. Of namespaces of several clusters with one
// name, all have to refuse it.
func (c *Chains) askNamespace(r *Runner, pod facts.Pod) {
	why := beyondBaseline(pod)
	var level facts.Text
	for n := range c.Namespaces {
		if namespace := &c.Namespaces[n]; namespace.Name.Is(r.Namespace.Value) {
			if level = namespace.Enforces; !level.Is("baseline") && !level.Is("restricted") {
				return
			}
		}
	}
	if why != "" && level.There {
		r.add(Broken, level.Place, NamespaceRefuses{r.Namespace.Value, level.Value, why})
	}
}

// beyondBaseline is what of a Pod the level "baseline" forbids, "" if nothing is known to be.
func beyondBaseline(pod facts.Pod) string {
	for i := range pod.Containers {
		if c := &pod.Containers[i]; c.Privileged.Is("true") {
			return fmt.Sprintf("container %q is privileged", c.Name.Value)
		}
	}
	for i := range pod.Volumes {
		if volume := &pod.Volumes[i]; volume.HostPath.There {
			return fmt.Sprintf("volume %q is a folder of the node", volume.Name.Value)
		}
	}
	return ""
}
