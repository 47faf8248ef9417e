package kubernetes

import (
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// refusal is why the controller makes no Pod of what the API server accepts
// (actions-runner-controller v0.27.6, runner_controller.go,
// applyWorkVolumeClaimTemplateToPod and newRunnerPodWithContainerMode), or its admission webhook
// refuses (runner_types.go, WorkVolumeClaimTemplate.validate).
func (c controller) refusal() facts.Text {
	if limit := c.config.Get("volumeSizeLimit"); c.sidecar && hasNoSize(limit) {
		return facts.Known("volumeSizeLimit is 0, and the Docker sidecar and the runner have to share the volume that it switches off", limit.Place)
	}
	if !c.kubernetes {
		return facts.Text{}
	}
	if own := c.ownWork(); own != nil {
		return facts.Known(`it has a volume or a mount "work", which container mode kubernetes makes of workVolumeClaimTemplate`, own.Place)
	}
	if claim := c.config.Get("workVolumeClaimTemplate"); claim == nil || claim.Kind == source.Null {
		return facts.Known("container mode kubernetes has no workVolumeClaimTemplate", placeOf(c.config.Get("containerMode"), c.at))
	} else if modes := stringsOf(claim.Get("accessModes")); len(modes) == 0 || slices.ContainsFunc(modes, isNoWorkMode) {
		return facts.Known("accessModes of workVolumeClaimTemplate has to be ReadWriteOnce or ReadWriteMany", placeOf(claim.Get("accessModes"), claim.Place))
	}
	return facts.Text{}
}

func isNoWorkMode(mode string) bool { return mode != "ReadWriteOnce" && mode != "ReadWriteMany" }

// ownWork is the first volume of the Pod, or mount of the runner, that is called as the
// controller's for the work; nil if there is none.
func (c controller) ownWork() *source.Node {
	listed := append(c.pod.Get("volumes").Objects(), c.pod.Get("volumeMounts").Objects()...)
	for _, container := range c.pod.Get("containers").Objects() {
		if container.Word("name") == identity.ContainerRunner {
			listed = append(listed, container.Get("volumeMounts").Objects()...)
		}
	}
	for _, node := range listed {
		if node.Word("name") == workVolume {
			return node
		}
	}
	return nil
}
