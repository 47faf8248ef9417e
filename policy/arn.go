package policy

import (
	"slices"
	"strings"
)

// arnParts is how many parts an ARN has between its colons; the last may have
// colons of its own.
const arnParts = 6

// matchesARN reports whether each part of the ARN matches the pattern's part:
// a wildcard does not reach over a colon (IAM user guide, "IAM JSON policy
// elements: Condition operators", ARN). What does not have six parts is no ARN
// and matches nothing.
func (p pattern) matchesARN(text string) bool {
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
func (p pattern) parts() []pattern {
	var parts []pattern
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
