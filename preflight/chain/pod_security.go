package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// NamespaceRefuses means that the Pods' namespace enforces a level of Pod Security that they do
// not have.
type NamespaceRefuses struct {
	Namespace, Level, Why string
	// Baseline reports that they have the level "baseline".
	Baseline bool
}

func (n NamespaceRefuses) Text() string {
	return fmt.Sprintf("namespace %q enforces Pod Security level %q and refuses its Pods: %s", n.Namespace, n.Level, n.Why)
}

// askNamespace finds whether the namespace refuses the Pod for what the level that it enforces
// forbids (https://kubernetes.io/docs/concepts/security/pod-security-standards/). Of namespaces of
// several clusters with one name, all have to refuse it.
func (c *Chains) askNamespace(r *Runner, pod facts.Pod) (refused bool) {
	why := ""
	var level facts.Text
	for n := range c.Namespaces {
		if namespace := &c.Namespaces[n]; namespace.Name.Is(r.Namespace.Value) {
			if level, why = namespace.Enforces, beyond(namespace.Enforces, r.Workload, pod); why == "" {
				c.askNewer(r, namespace.Enforces, pod)
				return false
			}
		}
	}
	if level.There {
		r.add(Broken, level.Place, NamespaceRefuses{r.Namespace.Value, level.Value, why, beyond(baseline, r.Workload, pod) == ""})
	}
	return level.There
}

// askNewer finds what Kubernetes refuses at every level but "privileged" since version 1.34: the
// files have no cluster's version.
func (c *Chains) askNewer(r *Runner, level facts.Text, pod facts.Pod) {
	for i := range pod.Containers {
		if of := &pod.Containers[i]; of.Security != nil && of.Security.ProbedHost.There && (level.Is("baseline") || level.Is("restricted")) {
			r.unknown(of.Security.ProbedHost.Place, fmt.Sprintf("container %q probes host %q, and Kubernetes 1.34 and newer refuse that at Pod Security level %q", of.Name, of.Security.ProbedHost, level))
			return
		}
	}
}

var baseline = facts.Text{Value: "baseline", There: true}

// beyond returns what the level forbids of a Pod, "" if nothing is known to be.
func beyond(level facts.Text, w *facts.Workload, pod facts.Pod) string {
	own := w.Security
	if own == nil {
		own = &facts.Security{}
	}
	if !level.Is("baseline") && !level.Is("restricted") {
		return ""
	}
	if why := cmp.Or(beyondBaseline(own, pod), unconfined(w.PodAnnotations)); why != "" || level.Is("baseline") {
		return why
	}
	return beyondRestricted(own, pod)
}

// appArmorPrefix stands before a container's name in an annotation with its profile of AppArmor.
const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/"

// unconfined is the first container that an annotation frees from AppArmor.
func unconfined(annotations []facts.Annotation) string {
	for _, annotation := range annotations {
		name, is := strings.CutPrefix(annotation.Key, appArmorPrefix)
		if profile := annotation.Value; is && profile.Known() && !profile.Is("") && !profile.Is("runtime/default") && !strings.HasPrefix(profile.Value, "localhost/") {
			return fmt.Sprintf("container %q has the AppArmor profile %q", name, profile)
		}
	}
	return ""
}

// baselineCapabilities are the capabilities that a container of the level "baseline" may add.
var baselineCapabilities = []string{
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

func beyondBaseline(own *facts.Security, pod facts.Pod) string {
	if own.Shares.There {
		return "the Pod has " + own.Shares.Value
	}
	if own.Seccomp.Is("Unconfined") {
		return "the Pod is not confined by seccomp"
	}
	for i := range pod.Volumes {
		if volume := &pod.Volumes[i]; volume.HostPath.There {
			return fmt.Sprintf("volume %q is a folder of the node", volume.Name.Value)
		}
	}
	return ofContainers(pod, func(c *facts.Container, security *facts.Security) string {
		switch {
		case c.Privileged.Is("true"):
			return "is privileged"
		case security.Shares.There && !(security.Shares.Is("procMount") && own.HostUsers.MayBe("false")):
			return "has " + security.Shares.Value
		case security.Seccomp.Is("Unconfined"):
			return "is not confined by seccomp"
		}
		return adds(security, baselineCapabilities)
	})
}

// restrictedVolumes are the kinds of volumes that the level "restricted" admits.
var restrictedVolumes = []string{"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"}

func beyondRestricted(own *facts.Security, pod facts.Pod) string {
	for i := range pod.Volumes {
		if volume := &pod.Volumes[i]; volume.Type != "" && !slices.Contains(restrictedVolumes, volume.Type) {
			return fmt.Sprintf("volume %q is of type %s", volume.Name.Value, volume.Type)
		}
	}
	mayBeRoot := own.HostUsers.MayBe("false") // since Kubernetes 1.35
	switch {
	case own.User.Is("0") && !mayBeRoot:
		return "the Pod runs as user 0"
	case own.NonRoot.Is("false") && !mayBeRoot:
		return "the Pod sets runAsNonRoot to false"
	}
	return ofContainers(pod, func(c *facts.Container, security *facts.Security) string {
		switch {
		case !security.Escalation.MayBe("false"):
			return "does not set allowPrivilegeEscalation to false"
		case !slices.ContainsFunc(security.Drops, func(name facts.Text) bool { return name.MayBe("ALL") }):
			return "does not drop all capabilities"
		case !or(security.NonRoot, own.NonRoot).MayBe("true") && !mayBeRoot:
			return "does not set runAsNonRoot to true"
		case security.User.Is("0") && !mayBeRoot:
			return "runs as user 0"
		case !or(security.Seccomp, own.Seccomp).There:
			return "has no profile of seccomp"
		}
		return adds(security, []string{"NET_BIND_SERVICE"})
	})
}

// or is what the container says, or else its Pod.
func or(own, pods facts.Text) facts.Text {
	if own.There {
		return own
	}
	return pods
}

// adds is the first capability that the container adds beside the allowed ones.
func adds(security *facts.Security, allowed []string) string {
	for _, name := range security.Adds {
		if name.Known() && !slices.Contains(allowed, name.Value) {
			return "adds the capability " + name.Value
		}
	}
	return ""
}

// ofContainers returns what is wrong with the first container with which something is.
func ofContainers(pod facts.Pod, wrong func(*facts.Container, *facts.Security) string) string {
	for i := range pod.Containers {
		c := &pod.Containers[i]
		security := c.Security
		if security == nil {
			security = &facts.Security{}
		}
		if why := wrong(c, security); why != "" {
			return fmt.Sprintf("container %q %s", c.Name.Value, why)
		}
	}
	return ""
}
