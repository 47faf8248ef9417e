package account

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// user reads a user with the policies of its groups.
func user(node *source.Node, groups map[string]*source.Node) facts.User {
	arn := arnOf(node, "Arn")
	u := facts.User{Place: node.Place, Name: stated(node, "UserName"), ARN: arn.text, Account: arn.part(account), Boundary: facts.Text{Place: node.Place}}
	if node.Has("PermissionsBoundary") {
		u.Boundary = stated(node, "PermissionsBoundary", "PermissionsBoundaryArn")
	}
	addPolicies(&u, node, "UserPolicyList")
	for _, name := range facts.TextsOf(node.Get("GroupList")) {
		if group := groups[name.Value]; group != nil {
			addPolicies(&u, group, "GroupPolicyList")
		} else {
			u.Inline = append(u.Inline, facts.Policy{Document: facts.UnknownDocument(fmt.Sprintf("group %q of the user is not in the output", name.Value), name.Place)})
		}
	}
	return u
}

// addPolicies gives a user the policies of a user or a group, whose own are in a list of the name.
func addPolicies(u *facts.User, node *source.Node, inline string) {
	for _, policy := range node.Get(inline).Objects() {
		u.Inline = append(u.Inline, facts.Policy{Name: stated(policy, "PolicyName"), Document: documentIn(policy, "PolicyDocument")})
	}
	for _, attached := range node.Get("AttachedManagedPolicies").Objects() {
		u.Attached = append(u.Attached, stated(attached, "PolicyArn"))
	}
}
