package terraform

import (
	"slices"

	"keyless-runners/preflight/facts"
)

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

// keepListed reads the attachment of a managed policy to all that have it: it takes the policy from the roles
// that it does not list, which another resource may give it back (Terraform's documentation,
// "aws_iam_policy_attachment").
func (r *reader) keepListed(of *resource) {
	arn, policy := r.required(of, "policy_arn"), r.policyAt(of, "policy_arn")
	listed, elsewhere := r.rolesAt(of, "roles")
	if slices.ContainsFunc(elsewhere, func(role facts.Text) bool { return role.Unknown != "" }) {
		return
	}
	for n := range r.facts.Roles {
		role := &r.facts.Roles[n]
		if slices.Contains(listed, role) {
			continue
		}
		for i, attached := range role.Attached {
			if arn.Known() && attached.Is(arn.Value) {
				role.Attached[i] = of.unknownText(of.takesAway())
			}
		}
		for i := range role.Inline {
			if policy != nil && !arn.Known() && role.Inline[i].Document.Place == policy.Document.Place {
				role.Inline[i].Document = facts.UnknownDocument(of.takesAway(), of.place)
			}
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
	return of.address + " takes away what it does not list"
}

func knownValues(texts []facts.Text) map[string]bool {
	known := map[string]bool{}
	for _, text := range texts {
		known[text.Value] = text.Known()
	}
	return known
}
