package account

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func user(node *source.Node, groups map[string]*source.Node) facts.User {
	arn := arnOf(node, "Arn")
	u := facts.User{
		Place:    node.Place,
		Name:     stated(node, "UserName"),
		ARN:      arn.text,
		Account:  arn.part(account),
		Inline:   inlinePolicies(node, "UserPolicyList"),
		Attached: attachedPolicies(node),
		Boundary: boundary(node),
	}
	for _, name := range facts.TextsOf(node.Get("GroupList")) {
		if group := groups[name.Value]; group != nil {
			u.Inline = append(u.Inline, inlinePolicies(group, "GroupPolicyList")...)
			u.Attached = append(u.Attached, attachedPolicies(group)...)
		} else {
			u.Inline = append(u.Inline, facts.Policy{Document: facts.UnknownDocument(fmt.Sprintf("group %q of the user is not in the output", name.Value), name.Place)})
		}
	}
	return u
}
