package terraform

import "keyless-runners/preflight/facts"

func (r *reader) addAssociation(of *resource) {
	where := r.where(of)
	r.facts.PodIdentityAssociations = append(r.facts.PodIdentityAssociations, facts.PodIdentityAssociation{
		Place:              of.place,
		Cluster:            r.required(of, "cluster_name"),
		Account:            where.account,
		Region:             where.region,
		Namespace:          r.required(of, "namespace"),
		ServiceAccount:     r.required(of, "service_account"),
		Role:               facts.RoleReference{ARN: r.required(of, "role_arn"), LogicalID: r.roleID(of, "role_arn")},
		TargetRole:         facts.RoleReference{ARN: r.text(of, "target_role_arn"), LogicalID: r.roleID(of, "target_role_arn")},
		DisableSessionTags: textOf(r.configured(of, "disable_session_tags"), of.place),
		SessionPolicy:      r.document(of, "policy"),
	})
}

// roleID is the address of the role of the file of which an attribute is the ARN; "" if it
// is that of none.
func (r *reader) roleID(of *resource, attribute string) string {
	if target, _ := r.target(of, attribute); target != nil && target.kind == roleKind {
		return target.address
	}
	return ""
}
