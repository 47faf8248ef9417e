package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

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
