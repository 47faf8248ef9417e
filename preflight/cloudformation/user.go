package cloudformation

import (
	"strings"

	"keyless-runners/preflight/facts"
)

// addUser reads an IAM user or a group, which can push by its own policies. Which users a group has
// does not matter: what it may do is its own answer.
func (r *reader) addUser(of *resource, name string, group bool) {
	user := facts.User{Place: of.place, LogicalID: of.id, Group: group, Name: r.name(of, "IAM user or group", name), Account: r.account, Boundary: r.stated(of, "PermissionsBoundary")}
	user.Inline, user.Attached = r.policiesOf(of)
	r.facts.Users = append(r.facts.Users, user)
}

// addToUsers reads a policy of the users and groups that it names, as one of each alone.
func (r *reader) addToUsers(of *resource) {
	for _, property := range []string{"Users", "UserName", "Groups", "GroupName"} {
		for _, name := range r.property(of, property).Values() {
			r.facts.Users = append(r.facts.Users, facts.User{
				Place: of.place, LogicalID: of.id, Group: strings.HasPrefix(property, "Group"), Name: facts.TextOf(name, of.place), Account: r.account,
				Inline: []facts.Policy{{Name: r.stated(of, "PolicyName"), Document: facts.NewDocument(r.property(of, "PolicyDocument"), of.place)}},
			})
		}
	}
}
