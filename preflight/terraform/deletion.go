package terraform

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addDeletions records what the plan deletes of what a chain needs.
func (r *reader) addDeletions() {
	for _, of := range r.resources {
		if of.values.Is(source.Map) {
			continue
		}
		switch of.kind {
		case repositoryKind:
			r.facts.Deletions = append(r.facts.Deletions, facts.Deletion{Place: of.place, ImageRepository: of.before.Word("name")})
		case providerKind:
			r.facts.Deletions = append(r.facts.Deletions, facts.Deletion{Place: of.place, Issuer: of.before.Word("url")})
		}
	}
}
