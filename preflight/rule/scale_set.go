package rule

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
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
	secretElsewhere   = kind("KR218", finding.Warning, "Secret of a scale set in another namespace")
	minAboveMax       = kind("KR165", finding.Error, "scale set with more runners at least than at most")
	managerLacks      = kind("KR223", finding.Warning, "controller that may not make a scale set's runners")
	setTwice          = kind("KR209", finding.Warning, "two scale sets that are one on GitHub")
)

// managerPermissions are those by which GitHub's controller makes runners and listeners, and removes them, in the
// runners' namespace (gha-runner-scale-set 0.14.2, templates/manager_role.yaml, which has more).
var managerPermissions = []permission{
	{"", "pods", []string{"create", "delete"}},
	{"", "secrets", []string{"create", "delete", "get"}},
	{identity.GroupRBAC, "roles", []string{"create", "delete"}},
	{identity.GroupRBAC, "rolebindings", []string{"create", "delete"}},
}

// managers reports controllers to which the bindings of the files, where these have any, do not give what a scale set
// needs.
func managers(v View, report reporter) {
	for _, r := range v.Runners {
		if r.ScaleSetSpec == nil {
			continue
		}
		for _, manager := range v.Managers(r) {
			given, open := rulesIn(v, manager, r.Namespace)
			missing, _ := lacking(v, manager, r.Namespace, managerPermissions)
			named := facts.Named(manager.Namespace, index.NameOfServiceAccount(manager))
			switch {
			case len(missing) == 0:
			case open != nil:
				why, fix := unknownRules(v, open)
				report(managerLacks, open.Place, fmt.Sprintf("whether ServiceAccount %q of the controller may make and remove the runners of %s is not known: %s", named, r.Quoted(), why), fix)
			case len(given) > 0 || len(v.RBACBindings) > 0:
				report(managerLacks, r.Place, fmt.Sprintf("ServiceAccount %q of the controller may not make and remove the runners of %s, by the bindings of the files: it lacks %s", named, r.Quoted(), facts.Listed(missing)),
					"bind a Role of the namespace with them to it, as the chart of the scale set does", finding.Related{Place: manager.Place, What: "the ServiceAccount"})
			}
		}
	}
}

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
