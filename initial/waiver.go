package initial

import (
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// reasonsIn are the waivers in the metadata of a rendered resource, but for those that follow
// from what the fleet declares.
func reasonsIn(resource *source.Node) map[string]string {
	reasons := map[string]string{}
	for _, waiver := range resource.Get("Metadata", fleet.ManagedBy, "waive").Entries() {
		if !strings.HasPrefix(waiver.Value.Text, "the fleet declares ") {
			reasons[waiver.Name] = waiver.Value.Text
		}
	}
	return orNil(reasons)
}

// waiversIn are the findings that annotations waive.
func waiversIn(annotations []facts.Annotation) map[string]string {
	reasons := map[string]string{}
	for _, annotation := range annotations {
		if id, is := strings.CutPrefix(annotation.Key, fleet.ManagedBy+"/waive."); is {
			reasons[id] = annotation.Value.Value
		}
	}
	return orNil(reasons)
}

// runnerWaivers returns the waivers of the object that makes the runners, except the one that every pool
// with a BuildKit sidecar has.
func runnerWaivers(object *source.Node, builder fleet.Builder) map[string]string {
	reasons := map[string]string{}
	for _, annotation := range object.Get("metadata", "annotations").Entries() {
		if id, is := strings.CutPrefix(annotation.Name, fleet.ManagedBy+"/waive."); is {
			reasons[id] = annotation.Value.Text
		}
	}
	if strings.HasPrefix(reasons["KR080"], "BuildKit could not give files of images their owners;") && builder.RootlessBuildKit != nil {
		delete(reasons, "KR080")
	}
	return orNil(reasons)
}
