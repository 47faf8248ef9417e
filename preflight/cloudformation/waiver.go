package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addWaivers reads the waivers in the Metadata of a resource or of the template, such as
// {"keyless-runners": {"waive": {"KR012": "REASON"}}}, which cover the lines from first to last.
func (r *reader) addWaivers(node *source.Node, first, last int) {
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
