package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addWaivers reads what a resource's Metadata lets stand, such as
// {"keyless-runners": {"waive": {"KR012": "REASON"}}}.
func (r *reader) addWaivers(of *resource) {
	waived := members(of.node.Get("Metadata", "keyless-runners", "waive"))
	if len(waived) == 0 {
		return
	}
	last := of.lastLine()
	for _, member := range waived {
		r.facts.Waivers = append(r.facts.Waivers, facts.Waiver{
			ID:     member.Name,
			Reason: facts.TextOf(member.Value, member.Place).Value,
			Place:  member.Place,
			First:  of.place.Line,
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
