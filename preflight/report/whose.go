package report

import (
	"maps"
	"slices"
	"strings"

	"keyless-runners/preflight"
)

// whoseJobs says for whose jobs runners can push, such as ", for jobs of organization
// octo-org on label push"; "" if none can. Labels and group are those of every runner, or
// left to the table.
func whoseJobs(access []preflight.Access, show func(string) string) string {
	jobs, scopes := map[string]bool{}, map[string]bool{}
	kinds := map[preflight.ScopeKind]int{}
	for _, row := range access {
		if !row.Runner || row.Jobs.Scope.Kind == preflight.NoJobs {
			continue
		}
		scope := scopeOf(row.Jobs.Scope, show)
		if !scopes[scope] {
			scopes[scope] = true
			kinds[row.Jobs.Scope.Kind]++
		}
		jobs[scope+groupOf(row.Jobs, show)+onLabels(row.Jobs, show)] = true
	}
	switch {
	case len(jobs) == 0:
		return ""
	case len(jobs) == 1:
		return ", for jobs of " + only(jobs)
	case len(scopes) == 1:
		return ", for jobs of " + only(scopes)
	}
	return ", for jobs of " + countScopes(kinds)
}

func only(set map[string]bool) string {
	return slices.Collect(maps.Keys(set))[0]
}

func scopeOf(scope preflight.Scope, show func(string) string) string {
	switch scope.Kind {
	case preflight.UnknownScope:
		return "an unknown scope"
	case preflight.SourceRepository:
		return show(scope.Name)
	}
	return scope.Kind.String() + " " + show(scope.Name)
}

// groupOf is "" for the default group, which every source repository of an organization
// may use unless it is limited.
func groupOf(jobs preflight.Jobs, show func(string) string) string {
	if jobs.Group == "" || strings.EqualFold(jobs.Group, preflight.DefaultGroup) {
		return ""
	}
	return " in group " + show(jobs.Group)
}

func onLabels(jobs preflight.Jobs, show func(string) string) string {
	switch len(jobs.Labels) {
	case 0:
		return " on unknown labels"
	case 1:
		return " on label " + show(jobs.Labels[0])
	}
	return " on labels " + show(strings.Join(jobs.Labels, ", "))
}

// countScopes counts scopes of each kind. How many an unknown one stands for is unknown.
func countScopes(kinds map[preflight.ScopeKind]int) string {
	counts := counted(
		count{kinds[preflight.SourceRepository], "source repository", "source repositories"},
		count{kinds[preflight.Organization], "organization", "organizations"},
		count{kinds[preflight.Enterprise], "enterprise", "enterprises"},
	)
	if kinds[preflight.UnknownScope] > 0 {
		counts = append(counts, "an unknown scope")
	}
	last := len(counts) - 1
	if last == 0 {
		return counts[0]
	}
	return strings.Join(counts[:last], ", ") + " and " + counts[last]
}
