package preflight

import (
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/rule"
	"keyless-runners/preflight/source"
)

// Check judges what files state.
func Check(f facts.Facts) Report {
	chains := chain.New(index.New(f))
	report := Report{Findings: rule.Findings(chains), Access: chains.Grants(), NotLookedAt: f.NotLookedAt}
	waived := waiverReasons(report.Findings)
	for _, runner := range chains.Runners {
		if !runner.OnlyStarts {
			report.Chains = append(report.Chains, chainOf(runner, waived))
		}
	}
	return report
}

// chainOf is a runner's chain as the report has it. Links about which someone waived a
// finding count as proved.
func chainOf(runner *chain.Runner, waived map[source.Place]string) Chain {
	found := Chain{Workload: runner.Title(), NoRunner: !runner.IsRunner(), Names: chain.Names(runner.Workload), Pool: runner.Name.String(), Place: runner.Place}
	for _, link := range runner.Links() {
		state, text := link.State, link.Reason.Text()
		if reason := waived[link.Place]; reason != "" && state != Proved {
			state, text = Proved, text+" (waived: "+reason+")"
		}
		found.Links = append(found.Links, Link{link.Name, state, text, link.Place, link.From, link.To})
	}
	return found
}

func waiverReasons(findings []Finding) map[source.Place]string {
	reasons := map[source.Place]string{}
	for _, finding := range findings {
		if finding.Waived != "" {
			reasons[finding.Place] = finding.Waived
		}
	}
	return reasons
}
