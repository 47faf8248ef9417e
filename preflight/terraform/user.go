package terraform

import (
	"strings"

	"keyless-runners/preflight/facts"
)

// addToUsers reads a policy of the users and groups that it names, as one of each alone: where they
// are made does not matter.
func (r *reader) addToUsers(of *resource) {
	arn := r.text(of, "policy_arn")
	for _, attribute := range []string{"user", "users", "group", "groups"} {
		for _, name := range facts.TextsOf(r.value(of, attribute)) {
			user := facts.User{Place: of.place, LogicalID: of.address, Group: strings.HasPrefix(attribute, "group"), Name: name, Account: r.where(of).account}
			switch policy := r.policyAt(of, "policy_arn"); {
			case policy != nil:
				user.Inline = []facts.Policy{{Name: policy.Name, Document: policy.Document}}
			case arn.There:
				user.Attached = []facts.Text{arn}
			default:
				user.Inline = []facts.Policy{{Name: r.text(of, "name"), Document: r.document(of, "policy")}}
			}
			r.facts.Users = append(r.facts.Users, user)
		}
	}
}
