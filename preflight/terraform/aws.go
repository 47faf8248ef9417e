package terraform

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
)

func (r *reader) addRepository(of *resource) {
	r.put(of, len(r.facts.ImageRepositories), r.text(of, "name"))
	where := r.where(of)
	repository := facts.ImageRepository{
		Place:         of.place,
		Name:          r.required(of, "name"),
		Account:       where.account,
		Region:        where.region,
		Policy:        facts.Document{Place: of.place},
		TagMutability: r.text(of, "image_tag_mutability"),
	}
	if of.kind != repositoryKind {
		repository.Policy = unknownDocument(of, of.address+" does not have the image repository's policy")
	}
	r.facts.ImageRepositories = append(r.facts.ImageRepositories, repository)
}

func (r *reader) addRepositoryPolicy(of *resource) {
	policy := r.document(of, "policy")
	found := r.find(of, "repository", repositoryKind)
	if len(found) > 1 {
		policy = unknownDocument(of, fmt.Sprintf("which of the %d image repositories of one name %s is of is not known", len(found), of.address))
	}
	for _, target := range found {
		repository := &r.facts.ImageRepositories[r.index[target]]
		if len(found) > 1 && repository.Policy.Unknown != "" {
			break // so are the others
		}
		repository.Policy = policy
	}
	if len(found) > 0 {
		return
	}
	where := r.where(of)
	r.facts.ImageRepositories = append(r.facts.ImageRepositories, facts.ImageRepository{
		Place: of.place, Name: r.required(of, "repository"), Account: where.account, Region: where.region, Policy: policy,
		TagMutability: unknownText(of, of.address+" does not have the tag mutability"),
	})
}

func (r *reader) addProvider(of *resource) {
	r.facts.Providers = append(r.facts.Providers, facts.Provider{
		Place:          of.place,
		URL:            r.url(of),
		Account:        r.where(of).account,
		ClientIDs:      facts.TextsOf(r.value(of, "client_id_list")),
		ClientIDsKnown: true,
		Listed:         of.isData(),
	})
}

// url is that of an OIDC provider. IAM leaves the scheme out when it shows it, and so does
// the state.
func (r *reader) url(of *resource) facts.Text {
	url := r.required(of, "url")
	if url.Known() && !strings.Contains(url.Value, "://") {
		url.Value = "https://" + url.Value
	}
	return url
}

func (r *reader) addCluster(of *resource) {
	r.facts.Clusters = append(r.facts.Clusters, facts.Cluster{
		Place:  of.place,
		Name:   r.required(of, "name"),
		Issuer: r.required(of, "identity", "oidc", "issuer"),
	})
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

// roleID is the address of the role of the file of which an attribute is the ARN; "" if it
// is that of none.
func (r *reader) roleID(of *resource, attribute string) string {
	if target, _ := r.target(of, attribute); target != nil && target.kind == roleKind {
		return target.address
	}
	return ""
}

func (r *reader) addAddon(of *resource) {
	r.facts.Addons = append(r.facts.Addons, facts.Addon{Place: of.place, Cluster: r.required(of, "cluster_name"), Name: r.required(of, "addon_name")})
}

func (r *reader) addFargateProfile(of *resource) {
	profile := facts.FargateProfile{Place: of.place, Cluster: r.required(of, "cluster_name")}
	for _, selector := range one(r.value(of, "selector")) {
		labels := selector.Get("labels")
		profile.Selectors = append(profile.Selectors, facts.FargateSelector{
			Place:     selector.Place,
			Namespace: facts.TextOf(selector.Get("namespace"), selector.Place),
			Labels:    labels != nil && len(labels.Members) > 0,
		})
	}
	r.facts.FargateProfiles = append(r.facts.FargateProfiles, profile)
}

func (r *reader) addOrganizationPolicy(of *resource) {
	r.put(of, len(r.facts.Organization), r.text(of, "id"))
	r.facts.Organization = append(r.facts.Organization, facts.OrganizationPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Type:     r.required(of, "type"),
		Document: r.document(of, "content"),
	})
}

// addTarget attaches a policy of the organization. One that the file attaches to nothing may
// be attached elsewhere.
func (r *reader) addTarget(of *resource) {
	for _, found := range r.find(of, "policy_id", organizationKind) {
		policy := &r.facts.Organization[r.index[found]]
		policy.Targets, policy.TargetsKnown = append(policy.Targets, r.required(of, "target_id")), true
	}
}

// unread are kinds of resources that may let others push and that are not judged.
var unread = map[string]string{
	"aws_iam_user":            "IAM user",
	"aws_iam_group":           "IAM group",
	"aws_ecr_registry_policy": "registry policy",
}

// addUnread notes such a resource, and a Helm release of runners.
func (r *reader) addUnread(of *resource) {
	what := unread[of.kind]
	if chart := r.text(of, "chart"); of.kind == "helm_release" && strings.HasSuffix(chart.Value, "gha-runner-scale-set") {
		what = `the manifest, which "helm get manifest" prints, of`
	}
	if what != "" {
		r.facts.Unread = append(r.facts.Unread, facts.Unread{What: what + " " + of.address, Place: of.place})
	}
}
