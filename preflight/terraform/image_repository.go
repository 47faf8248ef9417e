package terraform

import (
	"fmt"

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
