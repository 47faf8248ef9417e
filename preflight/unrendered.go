package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// checkUnrendered reports what says only when it is rendered which objects there are:
// charts, what installs them, and templates.
func (p *proof) checkUnrendered() {
	for _, u := range p.Unrendered {
		switch {
		case len(u.Placeholders) > 0:
			more := ""
			if count := len(u.Placeholders) - 1; count > 0 {
				more = fmt.Sprintf(" and %d more like it", count)
			}
			p.find(notFilledIn, u.Place, fmt.Sprintf("%s: %q%s is not filled in, so what it makes is not known", u.What, u.Placeholders[0], more),
				"render it first, as the tool that applies it does (envsubst, Flux' postBuild, helm template), and check the result")
		case !p.isRendered(u):
			p.find(unrenderedRunners, u.Place, fmt.Sprintf("%s: its runners are not known until it is rendered", u.What), "run: "+u.Run)
		}
	}
}

// isRendered reports whether a scale set of the same githubConfigUrl is among the files:
// then what was rendered is there beside its values.
func (p *proof) isRendered(u facts.Unrendered) bool {
	return u.ConfigURL != "" && slices.ContainsFunc(p.Workloads, func(w facts.Workload) bool { return w.Scope.URL.Is(u.ConfigURL) })
}
