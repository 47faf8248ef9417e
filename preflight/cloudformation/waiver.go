package cloudformation

import (
	"math"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addWaivers reads the waivers in a resource's Metadata, such as
// {"keyless-runners": {"waive": {"KR012": "REASON"}}}.
func (r *reader) addWaivers(of *resource) {
	r.waive(of.node, of.place.Line, of.lastLine())
}

// addTemplateWaivers reads those in the template's own Metadata, which cover the whole file.
func (r *reader) addTemplateWaivers(root *source.Node) {
	r.waive(root, 1, math.MaxInt)
}

func (r *reader) waive(node *source.Node, first, last int) {
	for _, member := range node.Get("Metadata", "keyless-runners", "waive").Entries() {
		r.facts.Waivers = append(r.facts.Waivers, facts.Waiver{
			ID:     member.Name,
			Reason: facts.TextOf(member.Value, member.Place).Value,
			Place:  member.Place,
			First:  first,
			Last:   last,
		})
	}
}

// lastLine returns the last line on which a value of the resource begins.
func (of *resource) lastLine() int {
	last := of.place.Line
	of.node.Walk(func(node *source.Node) bool {
		last = max(last, node.Place.Line)
		return true
	})
	return last
}
