package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// refusal is why the controller makes no Pod of what the API server accepts
// (actions-runner-controller v0.27.6, runner_controller.go,
// applyWorkVolumeClaimTemplateToPod and newRunnerPodWithContainerMode), or its admission webhook
// refuses (runner_types.go, WorkVolumeClaimTemplate.validate).
func (c controller) refusal() facts.Text {
	if limit := c.config.Get("volumeSizeLimit"); c.sidecar && hasNoSize(limit) {
		return facts.Text{Value: "volumeSizeLimit is 0, and the Docker sidecar and the runner have to share the volume that it switches off", Place: limit.Place, There: true}
	}
	if !c.kubernetes {
		return facts.Text{}
	}
	if own := c.ownWork(); own != nil {
		return facts.Text{Value: `it has a volume or a mount "work", which container mode kubernetes makes of workVolumeClaimTemplate`, Place: own.Place, There: true}
	}
	if claim := c.config.Get("workVolumeClaimTemplate"); claim == nil || claim.Kind == source.Null {
		return facts.Text{Value: "container mode kubernetes has no workVolumeClaimTemplate", Place: placeOf(c.config.Get("containerMode"), c.at), There: true}
	} else if modes := stringsOf(claim.Get("accessModes")); len(modes) == 0 || slices.ContainsFunc(modes, isNoWorkMode) {
		return facts.Text{Value: "accessModes of workVolumeClaimTemplate has to be ReadWriteOnce or ReadWriteMany", Place: placeOf(claim.Get("accessModes"), claim.Place), There: true}
	}
	return facts.Text{}
}

func isNoWorkMode(mode string) bool { return mode != "ReadWriteOnce" && mode != "ReadWriteMany" }

// ownWork is the first volume of the Pod, or mount of the runner, that is called as the
// controller's for the work; nil if there is none.
func (c controller) ownWork() *source.Node {
	listed := append(objectsOf(c.pod.Get("volumes")), objectsOf(c.pod.Get("volumeMounts"))...)
	for _, container := range objectsOf(c.pod.Get("containers")) {
		if word(container, "name") == runnerName {
			listed = append(listed, objectsOf(container.Get("volumeMounts"))...)
		}
	}
	for _, node := range listed {
		if word(node, "name") == workVolume {
			return node
		}
	}
	return nil
}
