package policy

import (
	"slices"
	"strings"
)

// arnParts is how many parts an ARN has between its colons; the last may
// contain colons.
const arnParts = 6

// matchesARN reports whether each part of the ARN matches the pattern's part:
// a wildcard does not reach over a colon (IAM user guide, "IAM JSON policy
// elements: Condition operators", ARN). What does not have six parts is no ARN
// and matches nothing.
func (p symbols) matchesARN(text string) bool {
	want, got := p.parts(), strings.SplitN(text, ":", arnParts)
	if len(want) != arnParts || len(got) != arnParts {
		return false
	}
	for i := range want {
		if !want[i].matches(got[i]) {
			return false
		}
	}
	return true
}

// parts cuts the pattern at its first five colons.
func (p symbols) parts() []symbols {
	var parts []symbols
	for len(parts) < arnParts-1 {
		colon := slices.Index(p, symbol{':', false})
		if colon < 0 {
			break
		}
		parts = append(parts, p[:colon])
		p = p[colon+1:]
	}
	return append(parts, p)
}

// matchesWithinSegments reports whether the pattern matches a resource's ARN as the guide
// has it: a wildcard stands for characters within a segment, only a last "*" goes on over
// colons, and none is in the type of a resource, but one for the whole of it.
func (p symbols) matchesWithinSegments(text string) bool {
	within, ok := p.withinSegments()
	return ok && within.Matches(text)
}

// withinSegments is the automaton of matchesWithinSegments; ok is false if nothing matches.
func (p symbols) withinSegments() (within Pattern, ok bool) {
	parts := p.parts()
	last := parts[len(parts)-1]
	whole := len(parts) == arnParts
	if whole && last.hasWildType() {
		return Pattern{}, false
	}
	return newPattern(p, func(at int) pieceKind {
		return p[at].kind(at < len(p)-len(last) || !whole && at < len(p)-1)
	}), true
}

// hasWildType reports whether a wildcard is in the type of a resource, such as
// "repository" in "repository/NAME", beside other characters.
func (p symbols) hasWildType() bool {
	resourceType := p
	if slash := slices.Index(p, symbol{'/', false}); slash >= 0 {
		resourceType = p[:slash]
	}
	return !resourceType.isLiteral() && !slices.Equal(p, symbols{{'*', true}})
}

func (p symbols) isLiteral() bool {
	return !slices.ContainsFunc(p, func(s symbol) bool { return s.wild })
}
