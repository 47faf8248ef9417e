package terraform

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) addPolicy(of *resource) {
	r.add(of, len(r.facts.ManagedPolicies))
	policy := facts.ManagedPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Path:     r.path(of),
		ARN:      r.attribute(of, "arn"),
		Document: r.document(of, "policy"),
	}
	if policy.ARN.Known() {
		r.byName[policyKind+" "+policy.ARN.Value] = []*resource{of}
	}
	r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, policy)
}

func (r *reader) addRole(of *resource) {
	r.add(of, len(r.facts.Roles))
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

// add notes where in the facts of its kind a resource is.
func (r *reader) add(of *resource, i int) {
	r.index[of] = i
	if name := r.text(of, "name"); name.Known() {
		key := of.kind + " " + name.Value
		r.byName[key] = append(r.byName[key], of)
	}
}

// policyAt is the managed policy of the file of which an attribute is the ARN, nil if it is
// that of none.
func (r *reader) policyAt(of *resource, attribute string) *facts.ManagedPolicy {
	target, _ := r.target(of, attribute)
	if arn := r.text(of, attribute); arn.Known() {
		for _, found := range r.byName[policyKind+" "+arn.Value] {
			target = found
		}
	}
	if i, known := r.index[target]; known && (target.kind == policyKind || target.kind == "data."+policyKind) {
		return &r.facts.ManagedPolicies[i]
	}
	return nil
}

// rolesAt are the roles of the file that an attribute names, and the names of those that are
// not in it.
func (r *reader) rolesAt(of *resource, attribute string) (roles []*facts.Role, elsewhere []facts.Text) {
	if target, _ := r.target(of, attribute); target != nil && target.kind == roleKind && target.values != nil {
		return []*facts.Role{&r.facts.Roles[r.index[target]]}, nil
	}
	for _, name := range facts.TextsOf(r.value(of, attribute)) {
		switch found := r.byName[roleKind+" "+name.Value]; {
		case !name.Known() || len(found) == 0:
			elsewhere = append(elsewhere, name)
		case len(found) > 1:
			elsewhere = append(elsewhere, unknownText(of, fmt.Sprintf("the file has %d roles with the name %q", len(found), name.Value)))
		default:
			roles = append(roles, &r.facts.Roles[r.index[found[0]]])
		}
	}
	return roles, elsewhere
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

// addListed adds the policies that the role's own attributes list. Where the configuration
// does not set these, they have what was there when Terraform looked last, so what another
// resource makes, or made until this plan, is that one's to tell; and a state may have them
// from before its last apply.
func (r *reader) addListed(of *resource) {
	if of.kind != roleKind {
		return
	}
	role := &r.facts.Roles[r.index[of]]
	for _, item := range r.listed(of, "inline_policy") {
		name := textOf(item.Get("name"), item.Place)
		switch {
		case item.Kind == source.Unknown:
			role.Inline = append(role.Inline, facts.Policy{Name: facts.TextOf(item, item.Place), Document: facts.NewDocument(item, item.Place)})
		case name.There && !r.managed[managedBy{role.Name.Value, name.Value}]:
			role.Inline = append(role.Inline, facts.Policy{Name: name, Document: r.doubted(of, documentOf(item.Get("policy"), item.Place))})
		}
	}
	for _, item := range r.listed(of, "managed_policy_arns") {
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

// listed are the items of such an attribute. Of a role that is created without it, it is
// unknown and will be what other resources attach.
func (r *reader) listed(of *resource, attribute string) []*source.Node {
	value := r.value(of, attribute)
	if value != nil && value.Kind == source.Unknown && of.config != nil && of.config.Expressions[attribute] == nil {
		return nil
	}
	return one(value)
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
				r.managed[managedBy{role.Text, word(node, policy)}] = true
			}
		}
	}
}

// keepExclusive takes account of a list outside of which a role keeps no policies: what else
// attaches one may come before it or behind it.
func (r *reader) keepExclusive(of *resource) {
	attribute := map[string]string{"aws_iam_role_policies_exclusive": "policy_names", "aws_iam_role_policy_attachments_exclusive": "policy_arns"}[of.kind]
	if attribute == "" {
		return
	}
	keeps := map[string]bool{}
	list := facts.TextsOf(r.value(of, attribute))
	for _, item := range list {
		keeps[item.Value] = true
	}
	why := fmt.Sprintf("%s takes policies away that it does not list", of.address)
	roles, _ := r.rolesAt(of, "role_name")
	for _, role := range roles {
		for i := range role.Inline {
			if policy := &role.Inline[i]; attribute == "policy_names" && policy.Name.Known() && !keeps[policy.Name.Value] {
				policy.Document = unknownDocument(of, why)
			}
		}
		if attribute == "policy_arns" {
			role.Attached = exclusive(role.Attached, list, keeps, unknownText(of, why))
		}
	}
}

// exclusive are the policies that are attached, and those of the list, which are attached
// too; one that is not in the list is doubtful.
func exclusive(attached, list []facts.Text, keeps map[string]bool, doubtful facts.Text) []facts.Text {
	var found []facts.Text
	have := map[string]bool{}
	for _, arn := range attached {
		have[arn.Value] = true
		if arn.Known() && !keeps[arn.Value] {
			arn = doubtful
		}
		found = append(found, arn)
	}
	for _, arn := range list {
		if !arn.Known() || !have[arn.Value] {
			found = append(found, arn)
		}
	}
	return found
}

// one are the items of a list, or the one value that stands for a list of one.
func one(node *source.Node) []*source.Node {
	switch {
	case node == nil || node.Kind == source.Null:
		return nil
	case node.Kind == source.List:
		return node.Items
	}
	return []*source.Node{node}
}
