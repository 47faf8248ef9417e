package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isOrganizationPolicy recognizes "aws organizations describe-policy".
func isOrganizationPolicy(root *source.Node) bool {
	policy := root.Get("Policy")
	return isText(policy, "Content") && isText(policy.Get("PolicySummary"), "Type")
}

func readOrganizationPolicy(all *facts.Facts, root *source.Node) {
	policy := root.Get("Policy")
	all.Organization = append(all.Organization, facts.OrganizationPolicy{
		Place:    policy.Place,
		Name:     stated(policy, "PolicySummary", "Name"),
		Type:     stated(policy, "PolicySummary", "Type"),
		Document: facts.NewDocument(policy.Get("Content"), policy.Place),
	})
}
