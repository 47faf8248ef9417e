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
	needed := podRights
	if w.ContainerMode.Is(modeKubernetes) {
		needed = append(slices.Clone(needed), jobRights)
	}
	if missing := p.lacking(w, w.Namespace, needed); len(missing) > 0 {
		p.find(noRights, w.ServiceAccount.Place,
			fmt.Sprintf("container mode %q needs rights in the cluster that ServiceAccount %q does not have: %s", w.ContainerMode.Value, w.ServiceAccount.Value, list(missing)),
			"bind a Role with them to the ServiceAccount")
	}
}

// builderRights are what buildx asks of the cluster to make BuildKit's Pods and to use them
// (buildx, driver/kubernetes/driver.go).
var builderRights = []right{
	{"apps", "deployments", []string{"get", "create"}},
	{"", "pods", []string{"list"}},
	{"", "pods/exec", []string{"create"}},
}

// checkBuilder reports a job that makes BuildKit's Pods without the right to.
func (p *proof) checkBuilder(job *facts.Job, w *facts.Workload) {
	namespace := job.BuilderNamespace
	if namespace.Value == "" {
		namespace = w.Namespace
	}
	if !job.BuilderNamespace.There || job.BuilderNamespace.Unknown != "" || !w.ServiceAccount.Known() || job.Container.There {
		return
	}
	if missing := p.lacking(w, namespace, builderRights); len(missing) > 0 {
		p.find(noBuilder, job.BuilderNamespace.Place,
			fmt.Sprintf("job %q has buildx make a builder in namespace %q, and ServiceAccount %q may not: %s", job.ID, namespace.Value, w.ServiceAccount.Value, list(missing)),
			"bind a Role with them to the ServiceAccount", Related{w.ServiceAccount.Place, "the ServiceAccount"})
	}
}

// lacking are the rights that the workload's ServiceAccount does not have in a namespace.
func (p *proof) lacking(w *facts.Workload, namespace facts.Text, needed []right) (missing []string) {
	rules := p.rulesIn(w, namespace)
	for _, right := range needed {
		for _, verb := range right.verbs {
			if !slices.ContainsFunc(rules, func(rule facts.RBACRule) bool { return grants(rule, right, verb) }) {
				missing = append(missing, verb+" "+right.resource)
			}
		}
	}
	return missing
}

func grants(rule facts.RBACRule, right right, verb string) bool {
	return len(rule.ResourceNames) == 0 &&
		has(rule.APIGroups, right.group) && has(rule.Resources, right.resource) && has(rule.Verbs, verb)
}

func has(values []string, value string) bool {
	return slices.Contains(values, value) || slices.Contains(values, "*")
}

// rulesIn are the rules that bindings give to the workload's ServiceAccount in a namespace.
func (p *proof) rulesIn(w *facts.Workload, namespace facts.Text) []facts.RBACRule {
	var rules []facts.RBACRule
	for _, binding := range p.RBACBindings {
		if binding.Kind == "RoleBinding" && !sameNamespace(binding.Namespace, namespace) {
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
