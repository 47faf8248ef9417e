package terraform

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *reader) addCluster(of *resource) {
	r.facts.Clusters = append(r.facts.Clusters, facts.Cluster{
		Place:  of.place,
		Name:   r.required(of, "name"),
		Issuer: r.required(of, "identity", "oidc", "issuer"),
		ARN:    r.text(of, "arn"),
	})
}

func (r *reader) addProvider(of *resource) {
	url := r.required(of, "url")
	if url.Known() && !strings.Contains(url.Value, "://") {
		url.Value = "https://" + url.Value // IAM omits the scheme, and so does the state
	}
	r.facts.Providers = append(r.facts.Providers, facts.Provider{
		Place:          of.place,
		URL:            url,
		Account:        r.where(of).account,
		ClientIDs:      facts.TextsOf(r.value(of, "client_id_list")),
		ClientIDsKnown: true,
		Thumbprints:    facts.TextsOf(r.configured(of, "thumbprint_list")),
		Listed:         of.isData(),
	})
}

func (r *reader) addAddon(of *resource) {
	r.facts.Addons = append(r.facts.Addons, facts.Addon{Place: of.place, Cluster: r.required(of, "cluster_name"), Name: r.required(of, "addon_name")})
}

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

// roleID returns the address of the role whose ARN the configuration gives an attribute, ""
// if there is none.
func (r *reader) roleID(of *resource, attribute string) string {
	if target, _ := r.target(of, attribute); target != nil && target.kind == roleKind {
		return target.address
	}
	return ""
}

func (r *reader) addFargateProfile(of *resource) {
	r.facts.FargateProfiles = append(r.facts.FargateProfiles, facts.FargateProfile{
		Place:   of.place,
		Cluster: r.required(of, "cluster_name"),
		Selectors: source.Each(r.value(of, "selector").Values(), func(selector *source.Node) facts.FargateSelector {
			return facts.FargateSelector{Place: selector.Place, Namespace: facts.TextOf(selector.Get("namespace"), selector.Place), Labels: len(selector.Get("labels").Entries()) > 0}
		}),
	})
}
