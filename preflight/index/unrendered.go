package index

import (
	"slices"

	"keyless-runners/preflight/facts"
)

// leftUnrendered leaves out a chart without runners, and one whose rendering is among the
// files: a scale set of the same githubConfigUrl.
func leftUnrendered(f facts.Facts) []facts.Unrendered {
	return slices.DeleteFunc(slices.Clone(f.Unrendered), func(u facts.Unrendered) bool {
		return u.NoRunner || u.ConfigURL != "" && slices.ContainsFunc(f.Workloads, func(w facts.Workload) bool { return w.Scope.URL.Is(u.ConfigURL) })
	})
}

// MayLackObjects reports whether runners or ServiceAccounts may be in what is not rendered, or could
// not be listed.
func (i *Index) MayLackObjects() bool { return len(i.LeftUnrendered)+len(i.Unlisted) > 0 }
