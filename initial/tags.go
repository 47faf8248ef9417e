package initial

import (
	"maps"

	"keyless-runners/preflight/source"
)

// orNil is nil for no members, as fields of a fleet have it that are not set.
func orNil(of map[string]string) map[string]string {
	if len(of) == 0 {
		return nil
	}
	return of
}

// tagsOf are the tags of a rendered resource, but for the one that every resource has.
func tagsOf(resource *source.Node) map[string]string {
	tags := map[string]string{}
	for _, tag := range resource.Get("Properties", "Tags").Objects() {
		tags[tag.Word("Key")] = tag.Word("Value")
	}
	delete(tags, "managed-by")
	return tags
}

// findTags finds the tags that all rendered resources have which are no pool's, or, if there is
// none, all roles; and those that each pool has besides.
func (a *declaration) findTags() {
	var shared []map[string]string
	add := func(resource *source.Node) {
		if resource != nil {
			shared = append(shared, tagsOf(resource))
		}
	}
	for _, provider := range a.facts().Providers {
		resource, _ := a.resourceAt(provider.Place)
		add(resource)
	}
	for _, repository := range a.facts().ImageRepositories {
		resource, _ := a.resourceAt(repository.Place)
		add(resource)
	}
	if shared == nil {
		for _, r := range a.runners {
			add(a.taggedResource(r))
		}
	}
	a.tags = common(shared)
	for _, r := range a.runners {
		own := tagsOf(a.taggedResource(r))
		maps.DeleteFunc(own, func(key, value string) bool { return a.tags[key] == value })
		r.pool.Tags = orNil(own)
	}
}

// common are the members that all have with the same value; nil for none.
func common(all []map[string]string) map[string]string {
	if len(all) == 0 {
		return nil
	}
	same := maps.Clone(all[0])
	for _, other := range all[1:] {
		maps.DeleteFunc(same, func(key, value string) bool { return other[key] != value })
	}
	return orNil(same)
}

// taggedResource is the runner's role in a rendered template, or else its association; nil if
// there is neither.
func (a *declaration) taggedResource(r *runner) *source.Node {
	if r.role.resource != nil {
		return r.role.resource
	}
	resource, _ := a.associationResource(r)
	return resource
}
