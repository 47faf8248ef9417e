package cloudformation

import (
	"math"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addWaivers reads what a resource's Metadata lets stand, such as
// {"keyless-runners": {"waive": {"KR012": "REASON"}}}.
func (r *reader) addWaivers(of *resource) {
	r.waive(of.node, of.place.Line, of.lastLine())
}

// addTemplateWaivers reads the same of the template's own Metadata, which is about
// all of the file.
func (r *reader) addTemplateWaivers(root *source.Node) {
	r.waive(root, 1, math.MaxInt)
}

func (r *reader) waive(node *source.Node, first, last int) {
	for _, member := range members(node.Get("Metadata", "keyless-runners", "waive")) {
		r.facts.Waivers = append(r.facts.Waivers, facts.Waiver{
			ID:     member.Name,
			Reason: facts.TextOf(member.Value, member.Place).Value,
			Place:  member.Place,
			First:  first,
			Last:   last,
		})
	}
}

// lastLine is the last on which a value of the resource begins.
func (of *resource) lastLine() int {
	last := of.place.Line
	of.node.Walk(func(node *source.Node) bool {
		last = max(last, node.Place.Line)
		return true
	})
	return last
}
