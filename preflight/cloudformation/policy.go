package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) managedPolicy(of *resource) facts.ManagedPolicy {
	return facts.ManagedPolicy{
		Place:    of.place,
		Name:     r.managedPolicyName(of),
		Path:     r.path(of),
		ARN:      r.attribute(of, ref),
		Document: facts.NewDocument(r.property(of, "PolicyDocument"), of.place),
	}
}

// addManagedPolicy adds the policy with the roles that it attaches itself to. A
// role of this template that could not be found by its name has the policy among
// its own.
func (r *reader) addManagedPolicy(of *resource) {
	policy := r.policies[of]
	for _, name := range items(r.property(of, "Roles")) {
		role := r.roleOf(name)
		switch {
		case role != nil && !policy.ARN.Known():
			role.Inline = append(role.Inline, unnamed(policy))
		case role != nil && !role.Name.Known():
			role.Attached = append(role.Attached, policy.ARN)
		default:
			policy.Roles = append(policy.Roles, facts.TextOf(name, name.Place))
		}
	}
	r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, policy)
}

// addPolicy adds an inline policy to the roles that are given by name. Roles that
// are not of this template keep it as a policy without an ARN that attaches itself
// to them.
func (r *reader) addPolicy(of *resource, roles []*source.Node) {
	policy := facts.Policy{
		Name:     r.stated(of, "PolicyName"),
		Document: facts.NewDocument(r.property(of, "PolicyDocument"), of.place),
	}
	var elsewhere []facts.Text
	for _, name := range roles {
		if role := r.roleOf(name); role != nil {
			role.Inline = append(role.Inline, policy)
			continue
		}
		elsewhere = append(elsewhere, facts.TextOf(name, name.Place))
	}
	if len(elsewhere) > 0 {
		r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{
			Place: of.place, Name: policy.Name, Document: policy.Document, Roles: elsewhere,
		})
	}
}

// roleOf is the role of this template with the name, nil if there is none. A name
// that is not known is that of the role which it refers to.
func (r *reader) roleOf(name *source.Node) *facts.Role {
	i, ours := r.byID[r.standsFor[name]]
	if !ours && name.Scalar() {
		i, ours = r.byName[name.Text]
	}
	if !ours {
		return nil
	}
	return &r.facts.Roles[i]
}
