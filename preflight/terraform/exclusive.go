package terraform

import "keyless-runners/preflight/facts"

// keepInline reads a list of all inline policies of a role. It takes away those that it does
// not list, before or after another resource attaches them: whether they stay is not known.
func (r *reader) keepInline(of *resource) {
	role, list := r.exclusive(of, "policy_names")
	listed := knownValues(list)
	for i := range role.Inline {
		if policy := &role.Inline[i]; policy.Name.Known() && !listed[policy.Name.Value] {
			policy.Document = facts.UnknownDocument(of.takesAway(), of.place)
		}
	}
}

// keepAttached reads the same of managed policies, which such a list also attaches. A managed
// policy whose ARN is not known is among the role's own.
func (r *reader) keepAttached(of *resource) {
	role, list := r.exclusive(of, "policy_arns")
	for i := range role.Inline {
		if policy := &role.Inline[i]; !policy.Name.Known() {
			policy.Document = facts.UnknownDocument(of.takesAway(), of.place)
		}
	}
	listed, attached := knownValues(list), knownValues(role.Attached)
	for i, arn := range role.Attached {
		if !listed[arn.Value] {
			role.Attached[i] = of.unknownText(of.takesAway())
		}
	}
	for _, arn := range list {
		if !attached[arn.Value] {
			role.Attached = append(role.Attached, arn)
		}
	}
}

// exclusive returns the role of such a list, and what it lists. A role that is not in the file
// has one policy of which nothing is known; what is returned for it is in no facts.
func (r *reader) exclusive(of *resource, attribute string) (*facts.Role, []facts.Text) {
	roles, elsewhere := r.rolesAt(of, "role_name")
	if len(roles) == 1 {
		return roles[0], facts.TextsOf(r.value(of, attribute))
	}
	r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{Place: of.place, Name: of.unknownText(of.takesAway()), Document: facts.UnknownDocument(of.takesAway(), of.place), Roles: elsewhere})
	return &facts.Role{}, nil
}

func (of *resource) takesAway() string {
	return of.address + " takes policies away that it does not list"
}

func knownValues(texts []facts.Text) map[string]bool {
	known := map[string]bool{}
	for _, text := range texts {
		known[text.Value] = text.Known()
	}
	return known
}
