package rule

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// Container modes.
var (
	unknownContainerMode = kind("KR015", finding.Error, "unknown container mode")
	noRights             = kind("KR087", finding.Error, "ServiceAccount lacks permissions that the container mode needs")
	noBuilder            = kind("KR145", finding.Warning, "ServiceAccount lacks permissions that the builder needs")
)

// containerModes reports modes that do not exist, and the permissions that a ServiceAccount
// lacks for one that does.
func containerModes(v View, report reporter) {
	for _, r := range v.Runners {
		switch mode := r.ContainerMode; {
		case !mode.Known() || mode.Value == "" || mode.Value == identity.ModeDind:
		case r.StartsPods():
			tokenForMode(v, r, report)
			permissionsForMode(v, r, report)
		default:
			report(unknownContainerMode, mode.Place, fmt.Sprintf("unknown container mode %q, which the controller accepts silently", mode.Value),
				"leave it out, so that jobs run in the runner's Pod")
		}
	}
}

// tokenForMode reports a runner that is given no token for the Kubernetes API.
func tokenForMode(v View, r *chain.Runner, report reporter) {
	if kept := v.KeptFromAPI(r); kept.There {
		report(noRights, kept.Place,
			fmt.Sprintf("container mode %q makes Pods through the Kubernetes API, and the runner gets no token for it: automountServiceAccountToken is %q", r.ContainerMode.Value, kept.Value),
			"set automountServiceAccountToken: true in the Pod's template")
	}
}

// permission is a permission that a runner needs in the cluster.
type permission struct {
	group, resource string
	verbs           []string
}

// podPermissions are the permissions that both kubernetes modes need of the runner's ServiceAccount, and
// jobPermissions what the mode with a volume asks beside them. The legacy controller gives them
// to a ServiceAccount that it makes itself alone (runner_controller.go, and issue 2541);
// GitHub's chart gives both (charts/gha-runner-scale-set, kube_mode_role.yaml).
var podPermissions = []permission{
	{"", "pods", []string{"get", "list", "create", "delete"}},
	{"", "pods/exec", []string{"get", "create"}},
	{"", "pods/log", []string{"get", "list", "watch"}},
	{"", "secrets", []string{"get", "list", "create", "delete"}},
}

var jobPermissions = permission{"batch", "jobs", []string{"get", "list", "create", "delete"}}

func permissionsForMode(v View, r *chain.Runner, report reporter) {
	account := index.NameOfServiceAccount(r.Workload)
	if !account.Known() || !r.ServiceAccount.There && r.Legacy {
		return
	}
	asked := podPermissions
	if r.ContainerMode.Is(identity.ModeKubernetes) {
		asked = append(slices.Clone(asked), jobPermissions)
	}
	if missing, open := lacking(v, r.Workload, r.Namespace, asked); len(missing) > 0 {
		if open != nil {
			permissionsOpen(r, open, fmt.Sprintf("container mode %q", r.ContainerMode.Value), report)
			return
		}
		report(noRights, account.Place,
			fmt.Sprintf("container mode %q needs permissions in the cluster that ServiceAccount %q does not have: %s", r.ContainerMode.Value, account.Value, facts.Listed(missing)),
			"bind a Role with them to the ServiceAccount")
	}
}

// permissionsOpen reports a binding of a role that is not among the files and may have the
// permissions that something needs.
func permissionsOpen(r *chain.Runner, binding *facts.RBACBinding, needs string, report reporter) {
	account := index.NameOfServiceAccount(r.Workload)
	report(podUnknown, binding.Place, fmt.Sprintf("whether ServiceAccount %q has the permissions that %s needs is not known: the rules of %s %q are not among the files", account.Value, needs, binding.RoleKind, binding.RoleName),
		"add its file", finding.Related{Place: account.Place, What: "the ServiceAccount"})
}

// builderPermissions are the permissions that buildx needs to make BuildKit's Pods and to use them
// (buildx, driver/kubernetes/driver.go).
var builderPermissions = []permission{
	{"apps", "deployments", []string{"get", "create"}},
	{"", "pods", []string{"list"}},
	{"", "pods/exec", []string{"create"}},
}

// builders reports jobs that make BuildKit's Pods and are not permitted to.
func builders(v View, report reporter) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		namespace := job.BuilderNamespace
		if namespace.Value == "" {
			namespace = r.Namespace
		}
		account := index.NameOfServiceAccount(r.Workload)
		if !job.BuilderNamespace.There || job.BuilderNamespace.Unknown != "" || !account.Known() || job.Container.There && r.StartedBy == nil {
			return
		}
		if missing, open := lacking(v, r.Workload, namespace, builderPermissions); len(missing) > 0 {
			if open != nil {
				permissionsOpen(r, open, "the builder of buildx", report)
				return
			}
			report(noBuilder, job.BuilderNamespace.Place,
				fmt.Sprintf("job %q has buildx make a builder in namespace %q, and ServiceAccount %q may not: %s", job.ID, namespace.Value, account.Value, facts.Listed(missing)),
				"bind a Role with them to the ServiceAccount", finding.Related{Place: account.Place, What: "the ServiceAccount"})
		}
	})
}

// lacking are the permissions that no role of the files gives the workload's ServiceAccount in a
// namespace, and the binding of a role whose rules are not known; nil: there is none.
func lacking(v View, w *facts.Workload, namespace facts.Text, asked []permission) (missing []string, open *facts.RBACBinding) {
	given, open := rulesIn(v, w, namespace)
	for _, wanted := range asked {
		for _, verb := range wanted.verbs {
			if !slices.ContainsFunc(given, func(has facts.RBACRule) bool { return gives(has, wanted, verb) }) {
				missing = append(missing, verb+" "+wanted.resource)
			}
		}
	}
	return missing, open
}

func gives(given facts.RBACRule, wanted permission, verb string) bool {
	has := func(values []string, value string) bool {
		return slices.Contains(values, value) || slices.Contains(values, "*")
	}
	return len(given.ResourceNames) == 0 && has(given.APIGroups, wanted.group) && has(given.Resources, wanted.resource) && has(given.Verbs, verb)
}

// rulesIn are the rules that bindings give to the workload's ServiceAccount in a namespace, and
// the first binding of a role whose rules are not known.
func rulesIn(v View, w *facts.Workload, namespace facts.Text) (rules []facts.RBACRule, open *facts.RBACBinding) {
	for n := range v.RBACBindings {
		binding := &v.RBACBindings[n]
		if binding.Kind == "RoleBinding" && !sameNamespace(binding.Namespace, namespace) ||
			!slices.ContainsFunc(binding.Subjects, func(s facts.RBACSubject) bool { return isSubject(s, w) }) {
			continue
		}
		if given, known := rulesOf(v, binding); known {
			rules = append(rules, given...)
		} else if open == nil {
			open = binding
		}
	}
	return rules, open
}

// isSubject reports whether a binding's subject is the workload's ServiceAccount, or a group in
// which it is (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects).
func isSubject(s facts.RBACSubject, w *facts.Workload) bool {
	if s.Kind == "Group" {
		return slices.Contains([]string{"system:authenticated", "system:serviceaccounts", "system:serviceaccounts:" + w.Namespace.Value}, s.Name.Value)
	}
	return s.Kind == "ServiceAccount" && s.Name.Is(index.NameOfServiceAccount(w).Value) && s.Namespace.Value == w.Namespace.Value
}

// broadRoles are the ClusterRoles of every cluster that have each permission that is asked for
// here (kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go).
var broadRoles = []string{"cluster-admin", "admin", "edit"}

// rulesOf are the rules of a binding's role; not known if no file has them.
func rulesOf(v View, binding *facts.RBACBinding) (rules []facts.RBACRule, known bool) {
	for _, role := range v.RBACRoles {
		if !role.Aggregated && role.Kind == binding.RoleKind.Value && role.Name.Is(binding.RoleName.Value) &&
			(role.Kind == "ClusterRole" || sameNamespace(role.Namespace, binding.Namespace)) {
			rules, known = append(rules, role.Rules...), true
		}
	}
	if !known && binding.RoleKind.Is("ClusterRole") && slices.Contains(broadRoles, binding.RoleName.Value) {
		all := []string{"*"}
		return []facts.RBACRule{{APIGroups: all, Resources: all, Verbs: all}}, true
	}
	return rules, known
}

// sameNamespace reports whether kubectl puts two objects into one namespace. Two that name
// none go to the same one, whichever it is.
func sameNamespace(a, b facts.Text) bool { return a.There == b.There && a.Same(b) }

// unknownRules returns why the rules of the binding's role are not known, and what there is to do.
func unknownRules(v View, binding *facts.RBACBinding) (why, fix string) {
	for _, role := range v.RBACRoles {
		if role.Aggregated && role.Kind == binding.RoleKind.Value && role.Name.Is(binding.RoleName.Value) {
			return fmt.Sprintf("ClusterRole %q has an aggregationRule, by which the cluster fills in its rules", binding.RoleName), "bind a Role that lists its rules, as the chart of the scale set does"
		}
	}
	return fmt.Sprintf("no file has %s %q", binding.RoleKind, binding.RoleName), "add the file with the role, or correct roleRef"
}
