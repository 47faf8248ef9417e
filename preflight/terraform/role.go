package terraform

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
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

// named is how others name a resource: by its kind and a text, such as its name, that is
// unique in one region of one account.
type named struct{ kind, text, provider, region string }

func (r *reader) nameOf(of *resource, kind, text string) named {
	return named{strings.TrimPrefix(kind, "data."), text, r.providerOf(of), word(of.values, "region")}
}

// put notes where in the facts of its kind a resource is, and how others name it.
func (r *reader) put(of *resource, i int, text facts.Text) {
	r.index[of] = i
	if text.Known() {
		key := r.nameOf(of, of.kind, text.Value)
		r.byName[key] = append(r.byName[key], of)
	}
}

// find are the resources of a kind that an attribute names: one, or those that share a name.
func (r *reader) find(of *resource, name, kind string) []*resource {
	if target, _ := r.target(of, name); target != nil && strings.TrimPrefix(target.kind, "data.") == kind {
		if _, there := r.index[target]; there {
			return []*resource{target}
		}
	}
	if text := r.text(of, name); text.Known() {
		return r.byName[r.nameOf(of, kind, text.Value)]
	}
	return nil
}

// policyAt is the managed policy of the file of which an attribute is the ARN, nil if it is
// that of none.
func (r *reader) policyAt(of *resource, attribute string) *facts.ManagedPolicy {
	if found := r.find(of, attribute, policyKind); len(found) > 0 {
		return &r.facts.ManagedPolicies[r.index[found[0]]]
	}
	return nil
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

// keepExclusive attaches what a list of all policies of a role has. What the role has from
// elsewhere is doubtful: the list takes it away, before that attaches it or behind.
func (r *reader) keepExclusive(of *resource) {
	attribute := map[string]string{"aws_iam_role_policies_exclusive": "policy_names", "aws_iam_role_policy_attachments_exclusive": "policy_arns"}[of.kind]
	if attribute == "" {
		return
	}
	doubtful := unknownText(of, of.address+" takes policies away that it does not list")
	roles, elsewhere := r.rolesAt(of, "role_name")
	if len(roles) != 1 {
		r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{Place: of.place, Name: doubtful, Roles: elsewhere, Document: unknownDocument(of, doubtful.Unknown)})
		return
	}
	list, kept := facts.TextsOf(r.value(of, attribute)), map[string]bool{}
	for _, item := range list {
		kept[item.Value] = item.Known()
	}
	for i := range roles[0].Inline {
		if policy := &roles[0].Inline[i]; policy.Name.Known() == (attribute == "policy_names") && !kept[policy.Name.Value] {
			policy.Document = unknownDocument(of, doubtful.Unknown)
		}
	}
	if attribute == "policy_arns" {
		roles[0].Attached = attachedBy(list, kept, roles[0].Attached, doubtful)
	}
}

// attachedBy are the policies that are attached to a role with an exclusive list.
func attachedBy(list []facts.Text, kept map[string]bool, attached []facts.Text, doubtful facts.Text) []facts.Text {
	have := map[string]bool{}
	for i, arn := range attached {
		have[arn.Value] = arn.Known()
		if !kept[arn.Value] {
			attached[i] = doubtful
		}
	}
	for _, item := range list {
		if !have[item.Value] {
			attached = append(attached, item)
		}
	}
	return attached
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
