package terraform

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) addRole(of *resource) {
	r.put(of, len(r.facts.Roles), r.text(of, "name"))
	where := r.where(of)
	role := facts.Role{
		Place:     of.place,
		LogicalID: of.address,
		Name:      r.required(of, "name"),
		Path:      r.path(of),
		Account:   where.account,
		Partition: where.partition,
		Trust:     r.document(of, "assume_role_policy"),
		Boundary:  r.text(of, "permissions_boundary"),
	}
	if policy := r.policyAt(of, "permissions_boundary"); policy != nil && !role.Boundary.Known() {
		role.BoundaryDocument = policy.Document
	}
	r.facts.Roles = append(r.facts.Roles, role)
}

// rolesAt are the roles of the file that an attribute names, and the names of those that are
// not in it.
func (r *reader) rolesAt(of *resource, attribute string) (roles []*facts.Role, elsewhere []facts.Text) {
	if found := r.find(of, attribute, roleKind); len(found) == 1 {
		return []*facts.Role{&r.facts.Roles[r.index[found[0]]]}, nil
	}
	for _, name := range facts.TextsOf(r.value(of, attribute)) {
		switch found := r.byName[r.nameOf(of, roleKind, name.Value)]; {
		case !name.Known() || len(found) == 0:
			elsewhere = append(elsewhere, name)
		case len(found) > 1:
			elsewhere = append(elsewhere, sameName(of, len(found)))
		default:
			roles = append(roles, &r.facts.Roles[r.index[found[0]]])
		}
	}
	return roles, elsewhere
}

func sameName(of *resource, roles int) facts.Text {
	return unknownText(of, fmt.Sprintf("the file has %d roles with the name that %s has", roles, of.address))
}

// addRolePolicy gives a role an inline policy. A role that is not in the file gets it as a
// policy without an ARN that attaches itself.
func (r *reader) addRolePolicy(of *resource) {
	policy := facts.Policy{Name: r.required(of, "name"), Document: r.document(of, "policy")}
	roles, elsewhere := r.rolesAt(of, "role")
	for _, role := range roles {
		role.Inline = append(role.Inline, policy)
	}
	if len(elsewhere) > 0 {
		r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{Place: of.place, Name: policy.Name, Document: policy.Document, Roles: elsewhere})
	}
}

// addListed adds the policies that the role's own attributes list. Where the configuration
// does not set these, they have what was there when Terraform looked last, so what another
// resource makes, or made until this plan, is that one's to tell; and a state may have them
// from before its last apply.
func (r *reader) addListed(of *resource) {
	if of.kind != roleKind {
		return
	}
	role := &r.facts.Roles[r.index[of]]
	for _, item := range one(r.configured(of, "inline_policy")) {
		name := textOf(item.Get("name"), item.Place)
		switch {
		case item.Kind == source.Unknown:
			role.Inline = append(role.Inline, facts.Policy{Name: facts.TextOf(item, item.Place), Document: facts.NewDocument(item, item.Place)})
		case name.There && !r.managed[managedBy{role.Name.Value, name.Value}]:
			role.Inline = append(role.Inline, facts.Policy{Name: name, Document: r.doubted(of, documentOf(item.Get("policy"), item.Place))})
		}
	}
	for _, item := range one(r.configured(of, "managed_policy_arns")) {
		arn := facts.TextOf(item, item.Place)
		switch {
		case r.managed[managedBy{role.Name.Value, arn.Value}]:
		case r.isPlan:
			role.Attached = append(role.Attached, arn)
		default:
			role.Attached = append(role.Attached, unknownText(of, r.doubted(of, facts.Document{}).Unknown))
		}
	}
}

// doubted is a document that a plan shows, and that a state may show still.
func (r *reader) doubted(of *resource, d facts.Document) facts.Document {
	if r.isPlan {
		return d
	}
	return unknownDocument(of, fmt.Sprintf("only %s itself lists one of its policies, maybe from before the last apply; a plan shows whether it is there", of.address))
}

// managedBy is a role's name, and the name of an inline policy or the ARN of a managed one
// that a resource of its own gives the role, or gave it before the plan.
type managedBy struct{ role, policy string }

func (r *reader) findManaged() {
	for _, of := range r.resources {
		roles, policy := "role", "policy_arn"
		switch of.kind {
		case rolePolicyKind:
			policy = "name"
		case "aws_iam_policy_attachment":
			roles = "roles"
		case attachmentKind:
		default:
			continue
		}
		for _, node := range []*source.Node{of.before, of.values} {
			for _, role := range one(node.Get(roles)) {
				r.managed[managedBy{role.Text, word(node, policy)}] = word(node, policy) != ""
			}
		}
	}
}
