package terraform

import (
	"fmt"

	"keyless-runners/preflight/facts"
)

func (r *reader) addRepository(of *resource) {
	r.put(of, len(r.facts.ImageRepositories), r.text(of, "name"))
	policy := facts.Document{Place: of.place}
	if of.isData() {
		policy.Unknown = of.address + " does not have the image repository's policy"
	}
	r.appendRepository(of, "name", policy, r.text(of, "image_tag_mutability"))
}

func (r *reader) appendRepository(of *resource, name string, policy facts.Document, mutability facts.Text) {
	where := r.where(of)
	r.facts.ImageRepositories = append(r.facts.ImageRepositories, facts.ImageRepository{
		Place: of.place, Name: r.required(of, name), Account: where.account, Region: where.region, Policy: policy,
		TagMutability: mutability, Exclusions: facts.FiltersOf(r.value(of, "image_tag_mutability_exclusion_filter"), "filter"),
		Tags: r.tags(of),
		Key:  r.text(of, "encryption_configuration", "kms_key"),
	})
}

func (r *reader) addRepositoryPolicy(of *resource) {
	policy := r.document(of, "policy")
	found := r.find(of, "repository", repositoryKind)
	switch len(found) {
	case 0:
		r.appendRepository(of, "repository", policy, of.unknownText(of.address+" does not have the tag mutability"))
		return
	case 1:
	default:
		policy = facts.UnknownDocument(fmt.Sprintf("which of the %d image repositories of one name %s is of is not known", len(found), of.address), of.place)
	}
	for _, target := range found {
		repository := &r.facts.ImageRepositories[r.index[target]]
		if len(found) > 1 && repository.Policy.Unknown != "" {
			break // so are the others
		}
		repository.Policy = policy
	}
}

func (r *reader) addRegistryPolicy(of *resource) {
	where := r.where(of)
	r.facts.RegistryPolicies = append(r.facts.RegistryPolicies, facts.RegistryPolicy{Place: of.place, Account: where.account, Region: where.region, Document: r.document(of, "policy")})
}

func (r *reader) addCreationTemplate(of *resource) {
	where := r.where(of)
	r.facts.CreationTemplates = append(r.facts.CreationTemplates, facts.CreationTemplate{
		Place: of.place, Prefix: r.required(of, "prefix"), Account: where.account, Region: where.region,
		AppliedFor: facts.TextsOf(r.value(of, "applied_for")), Policy: r.document(of, "repository_policy"),
	})
}

func (r *reader) addPullThroughCache(of *resource) {
	where := r.where(of)
	r.facts.PullThroughCaches = append(r.facts.PullThroughCaches, facts.PullThroughCacheRule{
		Place: of.place, Prefix: r.required(of, "ecr_repository_prefix"), Account: where.account, Region: where.region,
		Upstream: r.required(of, "upstream_registry_url"), Credential: r.text(of, "credential_arn"),
	})
}
