package terraform

import (
	"fmt"

	"keyless-runners/preflight/facts"
)

func (r *reader) addPolicy(of *resource) {
	arn := r.attribute(of, "arn")
	r.put(of, len(r.facts.ManagedPolicies), arn)
	r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Path:     r.path(of),
		ARN:      arn,
		Document: r.document(of, "policy"),
	})
}

// policyAt is the managed policy of the file of which an attribute is the ARN, nil if it is
// that of none.
func (r *reader) policyAt(of *resource, attribute string) *facts.ManagedPolicy {
	if found := r.find(of, attribute, policyKind); len(found) > 0 {
		return &r.facts.ManagedPolicies[r.index[found[0]]]
	}
	return nil
}

// addAttachment attaches a managed policy to a role, or to several.
func (r *reader) addAttachment(of *resource) {
	attribute := "role"
	if of.kind != attachmentKind {
		attribute = "roles"
		if len(items(r.value(of, "users")))+len(items(r.value(of, "groups"))) > 0 {
			r.facts.Unread = append(r.facts.Unread, facts.Unread{What: "users and groups of " + of.address, Place: of.place})
		}
	}
	arn, policy := r.required(of, "policy_arn"), r.policyAt(of, "policy_arn")
	roles, elsewhere := r.rolesAt(of, attribute)
	for _, role := range roles {
		if policy != nil && !arn.Known() {
			role.Inline = append(role.Inline, facts.Policy{Name: arn, Document: policy.Document})
			continue
		}
		role.Attached = append(role.Attached, arn)
	}
	switch {
	case len(elsewhere) == 0:
	case policy != nil:
		policy.Roles = append(policy.Roles, elsewhere...)
	default:
		r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{
			Place: of.place, Name: arn, Roles: elsewhere, Document: unknownDocument(of, fmt.Sprintf("neither the policy nor the role of %s is in the file", of.address)),
		})
	}
}
