package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// dockerContainer is the sidecar of the legacy kinds (actions-runner-controller,
// controllers/actions.summerwind.net/runner_controller.go).
const dockerContainer = "docker"

// podAnnotations are what the webhook reads of a Pod.
var podAnnotations = []string{annotationSkip, annotationExpiration}

// checkPod looks at the Pod that a workload ends up with for what keeps jobs from using
// the role, and for who else in it can.
func (p *proof) checkPod(w *facts.Workload, pod facts.Pod) {
	for _, annotation := range w.PodAnnotations {
		p.checkAnnotation(annotation, podAnnotations)
	}
	for i := range pod.Containers {
		p.checkEnvironment(w, &pod.Containers[i])
		p.checkMounts(&pod.Containers[i])
	}
	p.checkPrivileged(w, pod)
	if len(w.Containers) > 0 {
		p.checkSources(w)
	}
	if w.Runner {
		p.checkFallback(w)
		p.checkGroup(w)
		p.checkRunnerLabels(w)
	}
}

// checkPrivileged reports privileged containers that have a token, because what they build
// can read it.
func (p *proof) checkPrivileged(w *facts.Workload, pod facts.Pod) {
	for i := range pod.Containers {
		c := &pod.Containers[i]
		switch {
		case !c.Privileged.Is("true"):
		case i == 0:
			p.find(tokenInSidecar, w.Place, fmt.Sprintf("container %q, in which jobs run, is privileged, and every build in it can read the role's token", spell(c.Name)),
				"build in a sidecar, or with an image that needs no privilege")
		case slices.ContainsFunc(kubernetes.Tokens(pod, c), isForAWS):
			p.find(tokenInSidecar, w.Place, fmt.Sprintf("the privileged container %q gets the role's token too, and every build in it can read that", spell(c.Name)),
				keepFrom(w, c))
		}
	}
}

// keepFrom says how to keep the token from a container that mounts it, or to which EKS'
// webhook gives it.
func keepFrom(w *facts.Workload, c *facts.Container) string {
	if kubernetes.Skips(w, c) || w.SkipLabel.There {
		return fmt.Sprintf("take the volume with the token out of container %q", spell(c.Name))
	}
	return fmt.Sprintf("annotate the Pod template with %s: %s", annotationSkip, spell(c.Name))
}

// isForAWS reports whether a token may be one that STS accepts: one for the API server is
// not.
func isForAWS(token facts.Token) bool { return audienceOf(&token).Value != apiServer }

// checkFallback reports a runner whose SDKs go on to the node's role when the
// chain is broken, which hides that it is.
func (p *proof) checkFallback(w *facts.Workload) {
	if len(w.Containers) == 0 {
		return
	}
	for _, variable := range p.environment(w, &w.Containers[0]) {
		if variable.Name == "AWS_EC2_METADATA_DISABLED" && strings.EqualFold(p.valueOf(w, variable).Value, "true") {
			return
		}
	}
	p.find(nodeRole, w.Place, "if the chain breaks, AWS SDKs fall back to the node's role without a word",
		`set AWS_EC2_METADATA_DISABLED to "true" on the runner, and limit the nodes' metadata to one hop`)
}

// groups are the file system groups for the runner's images, by what their tags
// contain (actions-runner-controller, docs/authenticating-to-the-github-api.md).
var groups = []struct{ image, group string }{{"20.04", "1000"}, {"22.04", "1001"}, {"24.04", "1001"}}

// checkGroup reports a token that the runner may not be able to read: Kubernetes
// 1.19 and newer make it readable by all if there is no group
// (kubernetes/kubernetes, pkg/volume/projected), older ones by root alone.
func (p *proof) checkGroup(w *facts.Workload) {
	if !w.FSGroup.There {
		p.find(tokenUnreadable, w.Place, "the Pod has no file system group, so before Kubernetes 1.19 root alone can read the token, and later everybody in the Pod",
			"set securityContext.fsGroup to 1001, or to 1000 for images of Ubuntu 20.04")
		return
	}
	if len(w.Containers) == 0 {
		return
	}
	for _, known := range groups {
		if strings.Contains(w.Containers[0].Image.Value, known.image) && contradicts(w.FSGroup, known.group) {
			p.find(wrongGroup, w.FSGroup.Place, fmt.Sprintf("fsGroup is %q, the runner of image %q has %s", w.FSGroup.Value, w.Containers[0].Image.Value, known.group),
				"set fsGroup to "+known.group)
		}
	}
}

func (p *proof) checkRunnerLabels(w *facts.Workload) {
	for _, label := range w.RunnerLabels {
		if !label.Known() {
			continue
		}
		if err := identity.RunnerLabel(label.Value).Check(); err != nil {
			p.find(badRunnerLabel, label.Place, err.Error(), "write a label that GitHub reads as it is written")
		}
	}
}
