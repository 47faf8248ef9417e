package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) managedPolicy(of *resource) facts.ManagedPolicy {
	return facts.ManagedPolicy{
		Place:    of.place,
		Name:     r.managedPolicyName(of),
		Path:     r.stated(of, "Path").Or("/"),
		ARN:      r.attribute(of, ref),
		Document: facts.NewDocument(r.property(of, "PolicyDocument"), of.place),
	}
}

// addManagedPolicy adds the policy with the roles to which it attaches itself. A role of this
// template whose name is unknown gets the policy itself: nothing could find the role by name.
func (r *reader) addManagedPolicy(of *resource) {
	policy := r.policies[of]
	for _, name := range r.property(of, "Roles").Values() {
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

// addPolicy adds an inline policy to the roles that a property names. Roles that are not in this
// template get it as a policy without an ARN that attaches itself to them.
func (r *reader) addPolicy(of *resource, property string) {
	policy := facts.Policy{
		Name:     r.stated(of, "PolicyName"),
		Document: facts.NewDocument(r.property(of, "PolicyDocument"), of.place),
	}
	var elsewhere []facts.Text
	for _, name := range r.property(of, property).Values() {
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

// roleOf returns the role of this template with the name, nil if there is none. An unknown name
// belongs to the role that it refers to.
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
