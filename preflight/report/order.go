package report

import (
	"slices"

	"keyless-runners/preflight"
)

func activeOf(findings []preflight.Finding) []preflight.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f preflight.Finding) bool { return f.Waived != "" })
}

func waivedOf(findings []preflight.Finding) []preflight.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f preflight.Finding) bool { return f.Waived == "" })
}

func notesOf(findings []preflight.Finding) []preflight.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f preflight.Finding) bool { return f.Kind.Severity != preflight.Note })
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
	others := slices.DeleteFunc(slices.Clone(values), first)
	return append(slices.DeleteFunc(slices.Clone(values), func(value V) bool { return !first(value) }), others...)
}
