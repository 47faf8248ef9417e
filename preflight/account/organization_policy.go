package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isOrganizationPolicy recognizes "aws organizations describe-policy", and beside it what "aws
// organizations list-targets-for-policy" prints.
func isOrganizationPolicy(root *source.Node) bool {
	policy := root.Get("Policy")
	return policy.Get("Content").Is(source.String) && policy.Get("PolicySummary").Get("Type").Is(source.String)
}

func readOrganizationPolicy(all *facts.Facts, root *source.Node) {
	policy := root.Get("Policy")
	found := facts.OrganizationPolicy{
		Place:        policy.Place,
		Name:         stated(policy, "PolicySummary", "Name"),
		Type:         stated(policy, "PolicySummary", "Type"),
		TargetsKnown: root.Has("Targets"),
		Document:     facts.NewDocument(policy.Get("Content"), policy.Place),
	}
	for _, target := range root.Get("Targets").Objects() {
		found.Targets = append(found.Targets, stated(target, "TargetId"))
	}
	all.Organization = append(all.Organization, found)
}
