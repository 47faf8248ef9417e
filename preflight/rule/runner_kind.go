package rule

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// What a runner's kind is given.
var (
	runnerSet      = kind("KR014", finding.Warning, "RunnerSet may get no token")
	badScope       = kind("KR018", finding.Error, "runner of no scope or of several")
	badRunnerLabel = kind("KR069", finding.Error, "runner label that is read as another")
)

// runnerKinds reports a runner that the controller's admission webhook refuses, which the API
// server alone does not (runner_webhook.go), and the kind that does not reliably get a token.
func runnerKinds(v View, report reporter) {
	for _, r := range v.Runners {
		if r.StartedBy != nil {
			continue
		}
		if r.Runner && r.Legacy {
			legacyScope(r, report)
		}
		if r.Kind == "RunnerSet" && r.NoRole == nil {
			report(runnerSet, r.Place, "the Pods of a RunnerSet with its own ServiceAccount do not reliably get the role's token (actions-runner-controller issue 2966)",
				"use a RunnerDeployment")
		}
	}
}

// legacyScope reports a legacy runner that is registered with nothing, with several, or with
// what GitHub has no name for.
func legacyScope(r *chain.Runner, report reporter) {
	scopes := 0
	for _, scope := range []struct {
		kind chain.ScopeKind
		name facts.Text
	}{{chain.SourceRepository, r.Scope.SourceRepository}, {chain.Organization, r.Scope.Organization}, {chain.Enterprise, r.Scope.Enterprise}} {
		if scope.name.There {
			scopes++
		}
		if !scope.name.Known() {
			continue
		}
		if err := (chain.Scope{Kind: scope.kind, Name: scope.name.Value}).Check(); err != nil {
			report(badScope, scope.name.Place, fmt.Sprintf("%s: %v", r.Quoted(), err), "write the name as GitHub has it")
		}
	}
	if scopes != 1 {
		report(badScope, r.Place, fmt.Sprintf("%s has %d of repository, organization and enterprise: want one", r.Quoted(), scopes), "name the one that the runners serve")
	}
}

func runnerLabels(v View, report reporter) {
	for _, r := range v.Runners {
		if !r.Runner {
			continue
		}
		for _, label := range r.RunnerLabels {
			if !label.Known() {
				continue
			}
			if err := identity.RunnerLabel(label.Value).CheckRegistered(); err != nil {
				report(badRunnerLabel, label.Place, err.Error(), "write a label that GitHub reads as it is written")
			}
		}
	}
}
