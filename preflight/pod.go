package preflight

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// Names of actions-runner-controller (controllers/actions.summerwind.net/runner_controller.go).
const (
	runnerContainer = "runner"
	dockerContainer = "docker"
)

// podAnnotations are what the webhook reads of a Pod.
var podAnnotations = []string{annotationSkip, annotationExpiration}

// checkPod looks for what keeps a Pod that has the role from using it.
func (p *proof) checkPod(w *facts.Workload) {
	for _, annotation := range w.PodAnnotations {
		p.checkAnnotation(annotation, podAnnotations)
	}
	p.checkWebhook(w)
	skipped := skippedContainers(w)
	for i, container := range w.Containers {
		p.checkEnvironment(w, &container)
		p.checkMounts(&container)
		if i == 0 && container.Name.Known() && slices.Contains(skipped, container.Name.Value) {
			p.find(tokenSkipped, annotationOf(w.PodAnnotations, annotationSkip).Place,
				fmt.Sprintf("annotation %s keeps the token from container %q, in which jobs run", annotationSkip, container.Name.Value),
				"name the sidecars only, such as "+dockerContainer)
		}
	}
	p.checkSidecar(w, skipped)
	if len(w.Containers) > 0 {
		p.checkSources(w)
	}
	if w.Runner {
		p.checkFallback(w)
		p.checkGroup(w)
		p.checkRunnerLabels(w)
	}
}

// checkWebhook reports Pods that EKS' webhook leaves alone.
func (p *proof) checkWebhook(w *facts.Workload) {
	if w.SkipLabel.There {
		p.find(tokenSkipped, w.SkipLabel.Place, "the Pod template's label eks.amazonaws.com/skip-pod-identity-webhook keeps EKS' webhook away, whatever its value: no container gets the role",
			"remove the label")
	}
	if w.TokenVolume.There {
		p.find(tokenSkipped, w.TokenVolume.Place, fmt.Sprintf("volume %q has the name that EKS' webhook gives the token's, so it leaves the Pod alone: no container gets the role", w.TokenVolume.Value),
			"give the volume another name")
	}
}

// skippedContainers are the names that the webhook reads: it takes them for CSV and
// leaves blanks in them (its pkg/handler).
func skippedContainers(w *facts.Workload) []string {
	annotation := annotationOf(w.PodAnnotations, annotationSkip)
	if annotation == nil {
		return nil
	}
	names, err := csv.NewReader(strings.NewReader(annotation.Value.Value)).Read()
	if err != nil {
		return nil
	}
	return names
}

// checkSidecar reports a privileged container that gets the token: the Docker
// sidecar that the controller adds unless it is told not to, and others.
func (p *proof) checkSidecar(w *facts.Workload, skipped []string) {
	report := func(container string) {
		if !slices.Contains(skipped, container) {
			p.find(tokenInSidecar, w.Place, fmt.Sprintf("the privileged container %q gets the role's token too, and every build in it can read that", container),
				fmt.Sprintf("annotate the Pod template with %s: %s", annotationSkip, container))
		}
	}
	if isLegacy(w) && !w.DockerEnabled.Is("false") && !w.DockerdWithinRunner.Is("true") && !strings.HasPrefix(w.ContainerMode.Value, modeKubernetes) {
		report(dockerContainer)
	}
	if len(w.Containers) > 0 && w.Containers[0].Privileged.Is("true") {
		p.find(tokenInSidecar, w.Place, fmt.Sprintf("container %q, in which jobs run, is privileged, and every build in it can read the role's token", spell(w.Containers[0].Name)),
			"build in a sidecar, or with an image that needs no privilege")
	}
	for i, container := range w.Containers {
		if i > 0 && container.Privileged.Is("true") && container.Name.Value != dockerContainer {
			report(spell(container.Name))
		}
	}
}

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
