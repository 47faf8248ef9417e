package kubernetes

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// waivePrefix and a finding's id are the annotation that lets the finding stand;
// its value is the reason.
const waivePrefix = "keyless-runners/waive."

// annotations are those in an object's metadata.
func annotations(metadata *source.Node) []facts.Annotation {
	var all []facts.Annotation
	for _, member := range metadata.Get("annotations").Entries() {
		all = append(all, facts.Annotation{Key: member.Name, Place: member.Place, Value: facts.TextOf(member.Value, member.Place)})
	}
	return all
}

// waivers are the findings that the object lets stand, in all of its lines.
func (o object) waivers() []facts.Waiver {
	var all []facts.Waiver
	for _, annotation := range annotations(o.metadata) {
		if id, found := strings.CutPrefix(annotation.Key, waivePrefix); found {
			all = append(all, facts.Waiver{ID: id, Reason: annotation.Value.Value, Place: annotation.Place})
		}
	}
	if len(all) == 0 {
		return nil
	}
	first, last := lines(o.root)
	for i := range all {
		all[i].First, all[i].Last = first, last
	}
	return all
}

// lines are the first and the last on which something of the tree is written.
func lines(root *source.Node) (first, last int) {
	first, last = root.Place.Line, root.Place.Line
	root.Walk(func(node *source.Node) bool {
		first, last = min(first, node.Place.Line), max(last, node.Place.Line)
		for _, member := range node.Members {
			first, last = min(first, member.Place.Line), max(last, member.Place.Line)
		}
		return true
	})
	return first, last
}
