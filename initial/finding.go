package initial

import (
	"fmt"
	"slices"

	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// quoted is a value in quotes.
func quoted(value any) string { return fmt.Sprintf("%q", fmt.Sprint(value)) }

// storedKeys are the findings about stored keys (docs/checks.md).
var storedKeys = []string{"KR064", "KR144", "KR108"}

// severalIssuers is the finding about a role that several clusters may take, which is meant where
// the pool runs in several.
const severalIssuers = "KR072"

// askFindings asks what keyless check finds in roles that stay as they are, and points to keyless
// migrate for stored keys.
func (a *declaration) askFindings() {
	keys := 0
	var first source.Place
	for _, finding := range a.findings {
		if finding.Waived != "" || finding.Kind.Severity == preflight.Note {
			continue
		}
		if slices.Contains(storedKeys, finding.Kind.ID) {
			if keys++; keys == 1 {
				first = finding.Place
			}
			continue
		}
		r := a.existingRoleAt(finding.Place)
		if r != nil && !(finding.Kind.ID == severalIssuers && len(r.pool.AlsoIn) > 0) {
			a.result.ask(Question{Place: finding.Place, About: r.about(), Text: finding.Kind.ID + " " + finding.Problem, Next: finding.Fix})
		}
	}
	if keys > 0 {
		a.result.ask(Question{Place: first, Text: fmt.Sprintf("jobs use stored AWS keys in %d places, this first", keys), Next: `run "keyless migrate" on their source repositories when the fleet is deployed`})
	}
}

// existingRoleAt is the first runner whose existing role has something at the place, nil if none
// has.
func (a *declaration) existingRoleAt(at source.Place) *runner {
	for _, r := range a.runners {
		if r.pool.ExistingRole && r.role.resource == nil && r.role.fact != nil && a.places(r.role.fact)[at] {
			return r
		}
	}
	return nil
}

// places are all that a role and its policies have.
func (a *declaration) places(role *facts.Role) map[source.Place]bool {
	places := map[source.Place]bool{role.Place: true}
	add := func(at source.Place) {
		for _, node := range []*source.Node{a.objects[at], a.members[at]} {
			node.Walk(func(n *source.Node) bool {
				places[n.Place] = true
				for _, member := range n.Members {
					places[member.Place] = true
				}
				return true
			})
		}
	}
	add(role.Place)
	for _, document := range a.chains.Policies(role) {
		add(document.Place)
	}
	return places
}
