package report

import (
	"slices"

	"keyless-runners/preflight"
)

func activeOf(findings []preflight.Finding) []preflight.Finding {
	return choose(findings, func(f preflight.Finding) bool { return f.Waived == "" })
}

func waivedOf(findings []preflight.Finding) []preflight.Finding {
	return choose(findings, func(f preflight.Finding) bool { return f.Waived != "" })
}

func notesOf(findings []preflight.Finding) []preflight.Finding {
	return choose(findings, func(f preflight.Finding) bool { return f.Kind.Severity == preflight.Note })
}

func choose(findings []preflight.Finding, keep func(preflight.Finding) bool) []preflight.Finding {
	var kept []preflight.Finding
	for _, finding := range findings {
		if keep(finding) {
			kept = append(kept, finding)
		}
	}
	return kept
}

// worstFirst puts errors before warnings before notes, and what was waived last, so
// that where there is no room for all, the worst are there.
func worstFirst(findings []preflight.Finding) []preflight.Finding {
	rank := func(f preflight.Finding) int {
		if f.Waived != "" {
			return int(preflight.Error) + 1
		}
		return int(preflight.Error - f.Kind.Severity)
	}
	return slices.SortedStableFunc(slices.Values(findings), func(a, b preflight.Finding) int { return rank(a) - rank(b) })
}

// unexpectedFirst puts what is no runner before what is one.
func unexpectedFirst(access []preflight.Access) []preflight.Access {
	return firstBy(access, func(row preflight.Access) bool { return !row.Runner })
}

func brokenFirst(chains []preflight.Chain) []preflight.Chain {
	return firstBy(chains, func(chain preflight.Chain) bool { return !isWhole(chain) })
}

func firstBy[V any](values []V, first func(V) bool) []V {
	var before, after []V
	for _, value := range values {
		if first(value) {
			before = append(before, value)
		} else {
			after = append(after, value)
		}
	}
	return append(before, after...)
}
