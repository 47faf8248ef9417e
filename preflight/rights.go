package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// right is what a runner does in the cluster.
type right struct {
	group, resource string
	verbs           []string
}

// podRights are what both kubernetes modes ask of the runner's ServiceAccount, and
// jobRights what the mode with a volume asks beside them. The legacy controller gives them
// to a ServiceAccount that it makes itself alone (runner_controller.go, and issue 2541);
// GitHub's chart gives both (charts/gha-runner-scale-set, kube_mode_role.yaml).
var podRights = []right{
	{"", "pods", []string{"get", "list", "create", "delete"}},
	{"", "pods/exec", []string{"get", "create"}},
	{"", "pods/log", []string{"get", "list", "watch"}},
	{"", "secrets", []string{"get", "list", "create", "delete"}},
}

var jobRights = right{"batch", "jobs", []string{"get", "list", "create", "delete"}}

// checkRights reports the rights that a ServiceAccount lacks for container mode
// kubernetes.
func (p *proof) checkRights(w *facts.Workload) {
	if !w.ServiceAccount.Known() {
		return
	}
	rules := p.rulesOf(w)
	needed := podRights
	if w.ContainerMode.Is(modeKubernetes) {
		needed = append(slices.Clone(needed), jobRights)
	}
	var missing []string
	for _, right := range needed {
		for _, verb := range right.verbs {
			if !slices.ContainsFunc(rules, func(rule facts.RBACRule) bool { return grants(rule, right, verb) }) {
				missing = append(missing, verb+" "+right.resource)
			}
		}
	}
	if len(missing) > 0 {
		p.find(noRights, w.ServiceAccount.Place,
			fmt.Sprintf("container mode %q needs rights in the cluster that ServiceAccount %q does not have: %s", w.ContainerMode.Value, w.ServiceAccount.Value, list(missing)),
			"bind a Role with them to the ServiceAccount")
	}
}

func grants(rule facts.RBACRule, right right, verb string) bool {
	return len(rule.ResourceNames) == 0 &&
		has(rule.APIGroups, right.group) && has(rule.Resources, right.resource) && has(rule.Verbs, verb)
}

func has(values []string, value string) bool {
	return slices.Contains(values, value) || slices.Contains(values, "*")
}

// rulesOf are the rules that bindings give to the workload's ServiceAccount in its
// namespace.
func (p *proof) rulesOf(w *facts.Workload) []facts.RBACRule {
	var rules []facts.RBACRule
	for _, binding := range p.RBACBindings {
		if binding.Kind == "RoleBinding" && !sameNamespace(binding.Namespace, w.Namespace) {
			continue
		}
		if !slices.ContainsFunc(binding.Subjects, func(s facts.RBACSubject) bool {
			return s.Kind == "ServiceAccount" && s.Name.Is(w.ServiceAccount.Value) && s.Namespace.Value == w.Namespace.Value
		}) {
			continue
		}
		for _, role := range p.RBACRoles {
			if role.Kind == binding.RoleKind.Value && role.Name.Is(binding.RoleName.Value) &&
				(role.Kind == "ClusterRole" || sameNamespace(role.Namespace, binding.Namespace)) {
				rules = append(rules, role.Rules...)
			}
		}
	}
	return rules
}
