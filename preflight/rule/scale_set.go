package rule

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// What GitHub's controller asks of a scale set, and the API server does not
// (actions-runner-controller 0.14.2, controllers/actions.github.com).
var (
	setDeleted        = kind("KR160", finding.Error, "scale set that its controller deletes")
	setVersionUnknown = kind("KR161", finding.Warning, "whether the controller deletes the scale set is not known")
	setUnversioned    = kind("KR168", finding.Note, "scale set without its controller's version")
	noRunnerContainer = kind("KR162", finding.Error, "scale set without a container \"runner\"")
	runnerRestarted   = kind("KR163", finding.Note, "runner of a scale set that starts again")
	noSignIn          = kind("KR164", finding.Error, "scale set that can't sign in to GitHub")
	minAboveMax       = kind("KR165", finding.Error, "scale set with more runners at least than at most")
	setTwice          = kind("KR209", finding.Warning, "two scale sets that are one on GitHub")
)

// sameScaleSets reports scale sets that GitHub takes for one: their names, scopes and runner groups
// are the same. A set that is in two folders is left alone: they may be of one cluster.
func sameScaleSets(v View, report reporter) {
	first := map[string]*chain.Runner{}
	for _, r := range v.Runners {
		takes := r.Takes()
		if r.ScaleSetSpec == nil || len(takes.Labels) == 0 || takes.Scope.Name == "" || takes.Group == "" && takes.Scope.Kind != chain.SourceRepository {
			continue
		}
		key := strings.ToLower(fmt.Sprint(takes.Scope, takes.Group, " ", takes.Labels[0]))
		if other := first[key]; other == nil {
			first[key] = r
		} else if other.Title() != r.Title() {
			report(setTwice, r.Place, fmt.Sprintf("%s and %s are both scale set %q of %s %s on GitHub: the listener of one gets its jobs, and deleting one takes it from the other", r.Quoted(), other.Quoted(), takes.Labels[0], takes.Scope.Kind, takes.Scope.Name),
				"give one of them another name or, of an organization or enterprise, another runner group", finding.Related{Place: other.Place, What: "the other"})
		}
	}
}
