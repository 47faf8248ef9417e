package cloudformation

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) addAssociation(of *resource) {
	r.facts.PodIdentityAssociations = append(r.facts.PodIdentityAssociations, facts.PodIdentityAssociation{
		Place:              of.place,
		Cluster:            r.required(of, "ClusterName"),
		Account:            r.account,
		Region:             r.region,
		Namespace:          r.required(of, "Namespace"),
		ServiceAccount:     r.required(of, "ServiceAccount"),
		Role:               facts.RoleReference{ARN: r.required(of, "RoleArn"), LogicalID: r.roleID(of, "RoleArn")},
		TargetRole:         facts.RoleReference{ARN: r.stated(of, "TargetRoleArn"), LogicalID: r.roleID(of, "TargetRoleArn")},
		DisableSessionTags: r.stated(of, "DisableSessionTags"),
		SessionPolicy:      facts.NewDocument(r.property(of, "Policy"), of.place),
	})
}

// roleID returns the logical id of the role whose ARN a property has, "" if it is not a role of
// the template.
func (r *reader) roleID(of *resource, property string) string {
	if role := r.arnOf[r.property(of, property)]; role != nil {
		return role.id
	}
	return ""
}

// required returns a property without which CloudFormation refuses the resource.
func (r *reader) required(of *resource, property string) facts.Text {
	text := r.stated(of, property)
	if !text.There {
		return of.unknown("%s of %q is missing", property, facts.Short(of.id))
	}
	return text
}

func (r *reader) addAddon(of *resource) {
	r.facts.Addons = append(r.facts.Addons, facts.Addon{
		Place:   of.place,
		Cluster: r.required(of, "ClusterName"),
		Name:    r.required(of, "AddonName"),
	})
}

func (r *reader) addFargateProfile(of *resource) {
	r.facts.FargateProfiles = append(r.facts.FargateProfiles, facts.FargateProfile{
		Place:   of.place,
		Cluster: r.required(of, "ClusterName"),
		Selectors: source.Each(r.property(of, "Selectors").Values(), func(selector *source.Node) facts.FargateSelector {
			return facts.FargateSelector{Place: selector.Place, Namespace: facts.TextOf(selector.Get("Namespace"), selector.Place), Labels: selector.Has("Labels")}
		}),
	})
}
