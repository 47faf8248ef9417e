package preflight

import (
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// jointly are patterns for the subjects of ServiceAccounts that several conditions of a
// statement let in together.
func (p *proof) jointly(statement policy.Statement, keys []conditionKey) []string {
	patterns := []string{"*"}
	for _, at := range keys {
		if strings.Contains(at.operator, "Not") {
			continue
		}
		var both []string
		for _, pattern := range patterns {
			for _, value := range statement.Condition[at.operator][at.key] {
				if facts.IsUnknown(value) || len(value) > maxSubject {
					continue
				}
				if one, ok := p.joint(pattern, value); ok {
					both = append(both, one)
				}
			}
		}
		patterns = both
	}
	return patterns
}

// maxSubject is longer than any subject of a ServiceAccount.
const maxSubject = 400

// colons are how many a ServiceAccount's subject has: none is in a name.
const colons = 3

// joint is a pattern for subjects of which both patterns speak; ok is false if there is
// none, or if no more patterns are to be compared.
func (p *proof) joint(a, b string) (pattern string, ok bool) {
	type state struct{ a, b, colons int }
	failed := map[state]bool{}
	var from func(state) (string, bool)
	from = func(at state) (rest string, ok bool) {
		if p.comparisons++; failed[at] || p.comparisons > maxComparisons || at.colons > colons {
			return "", false
		}
		for _, step := range steps(a[at.a:], b[at.b:]) {
			if step.end && at.colons == colons {
				return "", true
			}
			if step.end {
				continue
			}
			next := state{at.a + step.a, at.b + step.b, at.colons + strings.Count(step.text, ":")}
			if rest, ok := from(next); ok {
				return step.text + rest, true
			}
		}
		failed[at] = true
		return "", false
	}
	return from(state{})
}

// step is a piece of a text of which two patterns speak, and how much of each it uses up.
type step struct {
	text string
	a, b int
	// end says that the text ends here.
	end bool
}

// steps are the ways to go on in both patterns, the widest first.
func steps(a, b string) []step {
	switch {
	case a == "" && b == "":
		return []step{{end: true}}
	case strings.HasPrefix(a, "*") && strings.HasPrefix(b, "*"):
		return []step{{text: "*", b: 1}, {text: "*", a: 1}, {b: 1}, {a: 1}}
	case strings.HasPrefix(a, "*"):
		return append(taken(b, 0, 1), step{a: 1})
	case strings.HasPrefix(b, "*"):
		return append(taken(a, 1, 0), step{b: 1})
	case a == "" || b == "":
		return nil
	case b[0] == '?' || a[0] == b[0]:
		return taken(a, 1, 1)
	case a[0] == '?':
		return taken(b, 1, 1)
	}
	return nil
}

// taken is the step that takes the first character of a pattern, if there is one.
func taken(pattern string, a, b int) []step {
	if pattern == "" {
		return nil
	}
	return []step{{text: pattern[:1], a: a, b: b}}
}
