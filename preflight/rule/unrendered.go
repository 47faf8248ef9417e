package rule

import (
	"fmt"

	"keyless-runners/preflight/finding"
)

// Files that have to be rendered.
var (
	unrenderedRunners = kind("KR150", finding.Warning, "runners that are not rendered")
	notFilledIn       = kind("KR151", finding.Warning, "values that are not filled in")
	chartPassedOver   = kind("KR152", finding.Note, "chart that is passed over")
)

// unrenderedFiles reports charts, what installs them, and templates: what objects they make is
// known only when they are rendered.
func unrenderedFiles(v View, report reporter) {
	for _, u := range v.Unrendered {
		if u.NoRunner {
			report(chartPassedOver, u.Place, u.What+" has no template of a runner, and is passed over",
				"no action is needed if none of its Pods has a runner's ServiceAccount; else run: "+u.Run)
		}
	}
	for _, u := range v.LeftUnrendered {
		if len(u.Placeholders) == 0 {
			report(unrenderedRunners, u.Place, fmt.Sprintf("%s: its runners are not known until it is rendered", u.What), "run: "+u.Run)
			continue
		}
		more := " is"
		if count := len(u.Placeholders) - 1; count > 0 {
			more = fmt.Sprintf(" and %d more like it are", count)
		}
		report(notFilledIn, u.Place, fmt.Sprintf("%s: %q%s not filled in, so what it makes is not known", u.What, u.Placeholders[0], more),
			"render it first, as the tool that applies it does (envsubst, Flux' postBuild, helm template), and check the result")
	}
}
