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
		case u.NoRunner:
			p.find(chartPassedOver, u.Place, u.What+" has no template of a runner, and is passed over",
				"nothing, if none of its Pods has a runner's ServiceAccount; else run: "+u.Run)
			continue
		case p.isRendered(u):
			continue
		case len(u.Placeholders) > 0:
			more := ""
			if count := len(u.Placeholders) - 1; count > 0 {
				more = fmt.Sprintf(" and %d more like it", count)
			}
			p.find(notFilledIn, u.Place, fmt.Sprintf("%s: %q%s is not filled in, so what it makes is not known", u.What, u.Placeholders[0], more),
				"render it first, as the tool that applies it does (envsubst, Flux' postBuild, helm template), and check the result")
		default:
			p.find(unrenderedRunners, u.Place, fmt.Sprintf("%s: its runners are not known until it is rendered", u.What), "run: "+u.Run)
		}
		p.unrendered = true
	}
}

// isRendered reports whether a scale set of the same githubConfigUrl is among the files:
// then what was rendered is there beside its values.
func (p *proof) isRendered(u facts.Unrendered) bool {
	return u.ConfigURL != "" && slices.ContainsFunc(p.Workloads, func(w facts.Workload) bool { return w.Scope.URL.Is(u.ConfigURL) })
}
