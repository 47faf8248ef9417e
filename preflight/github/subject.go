package github

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// wantedSubject is the variable in which a rendered workflow names whose token its runner has to
// show to EKS Pod Identity.
const wantedSubject = "WANT_SUBJECT"

// subjects finds the subjects that the job wants its runner to be. What is no subject, or is
// known only when the job runs, does not count.
func (j *job) subjects() {
	find := func(n *source.Node) bool {
		for _, member := range n.Members {
			if member.Name != wantedSubject || member.Value.Kind != source.String {
				continue
			}
			if _, err := identity.ParseSubject(member.Value.Text); err == nil {
				j.fact.Subjects = append(j.fact.Subjects, facts.Text{Value: member.Value.Text, Place: member.Value.Place, There: true})
			}
		}
		return true
	}
	j.root.Get("env").Walk(find)
	j.node.Walk(find)
}
