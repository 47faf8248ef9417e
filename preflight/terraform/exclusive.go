package terraform

import "keyless-runners/preflight/facts"

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
