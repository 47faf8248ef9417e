package rule

import (
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/source"
)

// distinct reports once what several chains, jobs or rules come to, such as two ServiceAccounts
// with one role, or a workflow that two others call.
func distinct(report reporter) reporter {
	type key struct {
		id      string
		at      source.Place
		problem string
	}
	seen := once{}
	return func(of finding.Kind, at source.Place, problem, fix string, related ...finding.Related) {
		if seen.first(key{of.ID, at, problem}) {
			report(of, at, problem, fix, related...)
		}
	}
}
