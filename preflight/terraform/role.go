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
		Path:      r.text(of, "path").Or("/"),
		Account:   where.account,
		Partition: where.partition,
		Trust:     r.document(of, "assume_role_policy"),
		Boundary:  r.text(of, "permissions_boundary"),
		Tags:      r.tags(of),
	}
	if policy := r.policyAt(of, "permissions_boundary"); policy != nil && !role.Boundary.Known() {
		role.BoundaryDocument = policy.Document
	}
	r.facts.Roles = append(r.facts.Roles, role)
}

// rolesAt returns the roles in the file that an attribute names, and the names of those that
// are not.
func (r *reader) rolesAt(of *resource, attribute string) (roles []*facts.Role, elsewhere []facts.Text) {
	if found := r.find(of, attribute, roleKind); len(found) == 1 {
		return []*facts.Role{&r.facts.Roles[r.index[found[0]]]}, nil
	}
	for _, name := range facts.TextsOf(r.value(of, attribute)) {
		switch found := r.findNamed(of, roleKind, name); len(found) {
		case 0:
			elsewhere = append(elsewhere, name)
		case 1:
			roles = append(roles, &r.facts.Roles[r.index[found[0]]])
		default:
			elsewhere = append(elsewhere, of.unknownText(fmt.Sprintf("the file has %d roles with the name that %s has", len(found), of.address)))
		}
	}
	return roles, elsewhere
}

func (r *reader) addRolePolicy(of *resource) {
	policy := facts.Policy{Name: r.required(of, "name"), Document: r.document(of, "policy")}
	roles, elsewhere := r.rolesAt(of, "role")
	for _, role := range roles {
		role.Inline = append(role.Inline, policy)
	}
	r.addElsewhere(of, policy, elsewhere)
}

// addAttachment attaches a managed policy to a role, or to several. One in the file whose ARN
// is not known becomes part of the role, because no one could find it by its ARN.
func (r *reader) addAttachment(of *resource) {
	r.addToUsers(of)
	arn, policy := r.required(of, "policy_arn"), r.policyAt(of, "policy_arn")
	roles, elsewhere := r.rolesAt(of, separate[of.kind].role)
	for _, role := range roles {
		if policy != nil && !arn.Known() {
			role.Inline = append(role.Inline, facts.Policy{Name: arn, Document: policy.Document})
			continue
		}
		role.Attached = append(role.Attached, arn)
	}
	if policy != nil {
		policy.Roles = append(policy.Roles, elsewhere...)
		return
	}
	document := facts.UnknownDocument(fmt.Sprintf("neither the policy nor the role of %s is in the file", of.address), of.place)
	r.addElsewhere(of, facts.Policy{Name: arn, Document: document}, elsewhere)
}

// managedBy is the name of a role, and the name of an inline policy or the ARN of a managed
// policy that a separate resource gives the role, or gave it before the plan.
type managedBy struct{ role, policy string }

// separate are the types of such resources, and their attributes that name the two.
var separate = map[string]managedBy{
	"aws_iam_policy_attachment":      {"roles", "policy_arn"},
	"aws_iam_role_policy":            {"role", "name"},
	"aws_iam_role_policy_attachment": {"role", "policy_arn"},
}

func (r *reader) findManaged() {
	for _, of := range r.resources {
		attributes := separate[of.kind]
		for _, node := range []*source.Node{of.before, of.values} {
			policy := node.Word(attributes.policy)
			for _, role := range node.Get(attributes.role).Values() {
				r.managed[managedBy{role.Text, policy}] = policy != ""
			}
		}
	}
}

// addListed adds the policies that the role's own attributes list. Where the configuration
// does not set these, they show what Terraform found in AWS last. So a policy that a separate
// resource manages, or managed until this plan, is left to that resource; and a state may
// list policies from before its last apply.
func (r *reader) addListed(of *resource) {
	role := &r.facts.Roles[r.index[of]]
	for _, item := range r.configured(of, "inline_policy").Values() {
		name := textOf(item.Get("name"), item.Place)
		switch {
		case item.Kind == source.Unknown:
			role.Inline = append(role.Inline, facts.Policy{Name: facts.TextOf(item, item.Place), Document: facts.NewDocument(item, item.Place)})
		case !name.There || r.managed[managedBy{role.Name.Value, name.Value}]:
		case r.isPlan:
			role.Inline = append(role.Inline, facts.Policy{Name: name, Document: documentOf(item.Get("policy"), item.Place)})
		default:
			role.Inline = append(role.Inline, facts.Policy{Name: name, Document: facts.UnknownDocument(of.outdated(), of.place)})
		}
	}
	for _, item := range r.configured(of, "managed_policy_arns").Values() {
		arn := facts.TextOf(item, item.Place)
		switch {
		case r.managed[managedBy{role.Name.Value, arn.Value}]:
		case r.isPlan:
			role.Attached = append(role.Attached, arn)
		default:
			role.Attached = append(role.Attached, of.unknownText(of.outdated()))
		}
	}
}

func (of *resource) outdated() string {
	return fmt.Sprintf("only %s itself lists one of its policies, maybe from before the last apply; a plan shows whether it is there", of.address)
}
