package terraform

import "keyless-runners/preflight/facts"

func (r *reader) addOrganizationPolicy(of *resource) {
	r.put(of, len(r.facts.Organization), r.text(of, "id"))
	r.facts.Organization = append(r.facts.Organization, facts.OrganizationPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Type:     r.required(of, "type"),
		Document: r.document(of, "content"),
	})
}

// addTarget attaches a policy of the organization. One that the file attaches to nothing may
// be attached elsewhere.
func (r *reader) addTarget(of *resource) {
	for _, found := range r.find(of, "policy_id", organizationKind) {
		policy := &r.facts.Organization[r.index[found]]
		policy.Targets, policy.TargetsKnown = append(policy.Targets, r.required(of, "target_id")), true
	}
}
