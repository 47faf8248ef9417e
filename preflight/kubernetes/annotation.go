package kubernetes

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// waivePrefix and a finding's id are the annotation that lets the finding stand;
// its value is the reason.
const waivePrefix = "keyless-runners/waive."

func annotations(metadata *source.Node) []facts.Annotation {
	var all []facts.Annotation
	for _, member := range metadata.Get("annotations").Entries() {
		all = append(all, facts.Annotation{Key: member.Name, Place: member.Place, Value: facts.TextOf(member.Value, member.Place)})
	}
	return all
}

func (o object) waivers() []facts.Waiver {
	var all []facts.Waiver
	for _, annotation := range annotations(o.metadata) {
		if id, found := strings.CutPrefix(annotation.Key, waivePrefix); found {
			first, last := o.root.Lines()
			all = append(all, facts.Waiver{ID: id, Reason: annotation.Value.Value, Place: annotation.Place, First: first, Last: last})
		}
	}
	return all
}
