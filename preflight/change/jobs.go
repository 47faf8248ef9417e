package change

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/chain"
)

// anyCovers reports whether one of the runners takes every job that a runner of the jobs
// takes, and why that is only possible.
func anyCovers(runners []runner, jobs chain.Jobs) (best policy.Truth, why string) {
	for _, r := range runners {
		if truth, open := covers(r.Jobs, jobs); truth > best {
			best, why = truth, open
		}
	}
	return best, why
}

// covers reports whether a runner takes every job that another takes. It takes a job of its
// scope that asks for labels that it has. Why says why the truth is Possibly.
func covers(a, b chain.Jobs) (truth policy.Truth, why string) {
	truth, why = coversScope(a, b)
	labels, open := coversLabels(a.Labels, b.Labels)
	if labels < truth {
		truth, why = labels, open
	}
	if truth == policy.Yes {
		why = ""
	}
	return truth, why
}

func coversLabels(a, b []string) (truth policy.Truth, why string) {
	switch {
	case len(a) == 0 && len(b) == 0:
		return policy.Yes, ""
	case len(a) == 0 || len(b) == 0:
		return policy.Possibly, "labels are not known"
	}
	more := slices.ContainsFunc(b, func(label string) bool {
		return !slices.ContainsFunc(a, func(other string) bool { return strings.EqualFold(label, other) })
	})
	if more {
		return policy.No, ""
	}
	return policy.Yes, ""
}

func coversScope(a, b chain.Jobs) (truth policy.Truth, why string) {
	kinds := [2]chain.ScopeKind{a.Scope.Kind, b.Scope.Kind}
	switch {
	case kinds[0] == chain.UnknownScope && kinds[1] == chain.UnknownScope:
		return policy.Yes, ""
	case kinds[0] == chain.UnknownScope || kinds[1] == chain.UnknownScope:
		return policy.Possibly, "a scope is not known"
	case kinds[0] == kinds[1] && !strings.EqualFold(a.Scope.Name, b.Scope.Name):
		return policy.No, ""
	case kinds[0] == chain.SourceRepository && kinds[1] == chain.SourceRepository:
		return policy.Yes, ""
	case kinds[0] == kinds[1]:
		return coversGroup(a.Group, b.Group)
	case kinds[0] == chain.Organization && kinds[1] == chain.SourceRepository && isIn(b.Scope.Name, a.Scope.Name):
		return coversGroup(a.Group, chain.DefaultGroup)
	case kinds[0] == chain.Enterprise:
		return policy.Possibly, fmt.Sprintf("whether %s is in enterprise %s is not among the files", b.Scope.Name, a.Scope.Name)
	}
	return policy.No, ""
}

// isIn reports whether a source repository is an organization's.
func isIn(sourceRepository, organization string) bool {
	return strings.EqualFold(path.Dir(sourceRepository), organization)
}

// coversGroup is about groups of one organization or enterprise. Which source repositories may
// use a group is set on GitHub; every one may use the default group unless that is limited.
func coversGroup(a, b string) (truth policy.Truth, why string) {
	if a == "" && b == "" || strings.EqualFold(a, b) {
		return policy.Yes, ""
	}
	return policy.Possibly, "which source repositories may use a runner group is set on GitHub"
}
