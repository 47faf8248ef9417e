package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) addRole(of *resource) {
	role := facts.Role{
		Place:     of.place,
		LogicalID: of.id,
		Name:      r.attribute(of, ref),
		Path:      r.stated(of, "Path").Or("/"),
		Account:   r.account,
		Partition: r.partition,
		Trust:     facts.NewDocument(r.property(of, "AssumeRolePolicyDocument"), of.place),
		Boundary:  r.stated(of, "PermissionsBoundary"),
		Tags:      r.tags(of),
	}
	if policy, ours := r.policies[r.standsFor[r.property(of, "PermissionsBoundary")]]; ours && !policy.ARN.Known() {
		role.BoundaryDocument = policy.Document
	}
	role.Inline, role.Attached = r.policiesOf(of)
	r.byID[of] = len(r.facts.Roles)
	if role.Name.Known() {
		r.byName[role.Name.Value] = len(r.facts.Roles)
	}
	r.facts.Roles = append(r.facts.Roles, role)
}

// inline reads an item of Policies. If the item is unknown, so are its name and document.
func inline(policy *source.Node) facts.Policy {
	if policy.Kind == source.Unknown {
		return facts.Policy{Name: facts.TextOf(policy, policy.Place), Document: facts.NewDocument(policy, policy.Place)}
	}
	return facts.Policy{
		Name:     facts.TextOf(policy.Get("PolicyName"), policy.Place),
		Document: facts.NewDocument(policy.Get("PolicyDocument"), policy.Place),
	}
}

// policiesOf returns the policies of a role, a user or a group. A managed policy of this template
// whose ARN is unknown becomes an inline one: nothing could find it by its ARN.
func (r *reader) policiesOf(of *resource) (inlined []facts.Policy, attached []facts.Text) {
	inlined = source.Each(r.property(of, "Policies").Values(), inline)
	for _, arn := range r.property(of, "ManagedPolicyArns").Values() {
		if policy, ours := r.policies[r.standsFor[arn]]; ours && !policy.ARN.Known() {
			inlined = append(inlined, unnamed(policy))
		} else {
			attached = append(attached, facts.TextOf(arn, arn.Place))
		}
	}
	return inlined, attached
}

func unnamed(policy facts.ManagedPolicy) facts.Policy {
	return facts.Policy{
		Name:     facts.Unknown(policy.ARN.Unknown, policy.Place),
		Document: policy.Document,
	}
}
