package rule

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// Who can have the runners' role by the Kubernetes API.
var (
	anyoneStarts = kind("KR201", finding.Warning, "everyone in the cluster can have the runners' role")
	peopleStart  = kind("KR202", finding.Note, "people can have the runners' role")
)

// tokenRequests is the resource by which a token of a ServiceAccount is made.
const tokenRequests = "serviceaccounts/token"

// startPermissions are the permissions by which one runs commands with a ServiceAccount of a namespace, or
// has its token.
var startPermissions = []permission{
	{"", "pods", []string{"create"}},
	{"", "pods/exec", []string{"create"}},
	{"", tokenRequests, []string{"create"}},
	{"apps", "deployments", []string{"create"}},
	{"apps", "daemonsets", []string{"create"}},
	{"apps", "statefulsets", []string{"create"}},
	{"batch", "jobs", []string{"create"}},
	{"batch", "cronjobs", []string{"create"}},
}

// everyone are groups in which everyone is who can reach the API server, or every Pod that can.
var everyone = []string{"system:authenticated", "system:unauthenticated", "system:serviceaccounts"}

// starters reports groups and users that bindings of the files let start Pods beside the runners:
// by a Pod with the runners' ServiceAccount they can push. ServiceAccounts are left out, which
// controllers and what deploys have.
func starters(v View, report reporter) {
	seen := map[*facts.ServiceAccount]bool{}
	for _, r := range v.Runners {
		if r.SA == nil || r.Role() == nil || !r.IsRunner() || seen[r.SA] {
			continue
		}
		seen[r.SA] = true
		for n := range v.RBACBindings {
			if binding := &v.RBACBindings[n]; binding.Kind == "ClusterRoleBinding" || sameNamespace(binding.Namespace, r.Namespace) {
				startersBy(v, binding, r, report)
			}
		}
	}
}

func startersBy(v View, binding *facts.RBACBinding, r *chain.Runner, report reporter) {
	rules, _ := rulesOf(v, binding)
	does := starts(rules, r.SA)
	if does == "" {
		return
	}
	for _, s := range binding.Subjects {
		of := peopleStart
		switch {
		case s.Kind == "Group" && slices.Contains(everyone, s.Name.Value):
			of = anyoneStarts
		case s.Kind != "Group" && s.Kind != "User", isSubject(s, r.Workload), binding.RoleName.Is("cluster-admin"): // administrators can change everything
			continue
		}
		report(of, s.Place, fmt.Sprintf("%s %q may %s in namespace %q, and so have the role of %s", s.Kind, s.Name, does, r.Namespace, r.Quoted()),
			"give it permissions in other namespaces alone", finding.Related{Place: r.Place, What: "the runner"})
	}
}

// starts is the first permission of the rules by which one has the ServiceAccount's token, "" if
// there is none.
func starts(rules []facts.RBACRule, sa *facts.ServiceAccount) string {
	for _, wanted := range startPermissions {
		for _, rule := range rules {
			if wanted.resource == tokenRequests && slices.Contains(rule.ResourceNames, sa.Name.Value) {
				rule.ResourceNames = nil
			}
			if gives(rule, wanted, wanted.verbs[0]) {
				return wanted.verbs[0] + " " + wanted.resource
			}
		}
	}
	return ""
}
