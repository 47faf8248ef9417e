package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// runner is a workload on its way from the job to the image repository.
type runner struct {
	*facts.Workload
	account  *facts.ServiceAccount
	identity *identities
	// jobs are the links from jobs, pushes those to image repositories.
	jobs, pushes []Link
	// pushesTo are the image repositories that jobs push to, so that none is
	// asked twice.
	pushesTo map[string]bool
	// named says that a job of the files names where to push.
	named bool
	// podLink is the link from the Pods to the ServiceAccount, if they do not certainly get
	// its token; nil if they do.
	podLink *Link
	// clusterRegions says that EKS sets the region where jobs run.
	clusterRegions bool
	// containerJobs says that a job of the files runs in a container of its own on it.
	containerJobs bool
	// noRole are findings that hold if a job is to push from this runner: it has no
	// ServiceAccount, or one without a role.
	noRole []Finding
}

// role is the runner's, nil if it has none.
func (r *runner) role() *facts.Role {
	if r.identity == nil {
		return nil
	}
	return r.identity.role
}

// checkWorkloads follows each runner, and whatever else has a role that may push, from
// its Pod.
func (p *proof) checkWorkloads() {
	for i := range p.Workloads {
		w := &p.Workloads[i]
		if w.Runner || isRunnerImage(w) || p.mayPush(w) {
			p.checkRunner(w)
		}
	}
	p.checkShared()
	if len(p.runners) == 0 && !p.unrendered {
		p.find(noWorkload, p.anywhere(), "no runner is among the files, so no chain is proved",
			"add the RunnerDeployment, or whatever makes the runners' Pods, and its ServiceAccount")
	}
}

// checkShared reports workloads that are no runners and have a runner's ServiceAccount:
// their Pods can push too.
func (p *proof) checkShared() {
	of := map[*facts.ServiceAccount]*runner{}
	for _, r := range p.runners {
		if r.account != nil && r.isRunner() && of[r.account] == nil {
			of[r.account] = r
		}
	}
	for _, r := range p.runners {
		if first := of[r.account]; first != nil && !r.isRunner() {
			p.find(sharedAccount, r.Place, fmt.Sprintf("%s %q is no runner and has the ServiceAccount of %s %q, so it can push too", r.Kind, name(r.Namespace, r.Name), first.Kind, name(first.Namespace, first.Name)),
				"give it a ServiceAccount of its own", Related{first.Place, "the runner"})
		}
	}
}

// isRunner says whether the workload makes runners, by its kind or its image.
func (r *runner) isRunner() bool {
	return r.Runner || isRunnerImage(r.Workload)
}

// isRunnerImage says whether the main container of a Pod is GitHub's runner by its
// image's name.
func isRunnerImage(w *facts.Workload) bool {
	return len(w.Containers) > 0 && strings.Contains(w.Containers[0].Image.Value, "actions-runner")
}

// mayPush says whether the Pods of a workload have a role that may push. What has
// another role has nothing to do with the chain.
func (p *proof) mayPush(w *facts.Workload) bool {
	accounts := p.serviceAccounts[accountKey(w.Namespace, w.ServiceAccount.Value)]
	if len(accounts) == 0 {
		return false
	}
	account := nearest(accounts, w.Place, accountPlace)
	return slices.ContainsFunc([]*facts.Role{p.exactRole(account), p.associatedRole(account), p.ownRole(w)}, func(role *facts.Role) bool {
		return role != nil && p.namesPush(role)
	})
}

// ownRole is the role of the files that a workload's Pods name themselves, nil if there is
// none.
func (p *proof) ownRole(w *facts.Workload) *facts.Role {
	if len(w.Containers) == 0 {
		return nil
	}
	arn, err := identity.ParseRoleARN(p.variable(w, &w.Containers[0], identity.EnvRoleARN).Value)
	if err != nil {
		return nil
	}
	return p.exact(arn)
}

func (p *proof) checkRunner(w *facts.Workload) {
	r := &runner{Workload: w, pushesTo: map[string]bool{}}
	p.runners = append(p.runners, r)
	if !w.Namespace.There {
		p.find(noNamespace, w.Place, fmt.Sprintf("%s %q has no namespace, so kubectl puts it into that of the moment", w.Kind, spell(w.Name)),
			"set metadata.namespace to its ServiceAccount's")
	}
	p.checkScope(w)
	p.checkMode(w)
	if r.account = p.serviceAccount(w, r); r.account != nil {
		p.runnersAs[r.account] = append(p.runnersAs[r.account], r)
	}
	pod := p.podOf(r)
	r.clusterRegions = len(pod.Containers) > 0 && slices.ContainsFunc(pod.Containers[0].Env, func(v facts.EnvVar) bool { return v.From == kubernetes.FromCluster })
	p.checkPod(w, pod)
	p.identify(r, pod)
}

// noAnnotation is the finding about a ServiceAccount whose Pods have no role.
func (p *proof) noAnnotation(account *facts.ServiceAccount) Finding {
	found := Finding{Kind: noRoleAnnotation, Place: account.Place,
		Problem: fmt.Sprintf("ServiceAccount %q has no annotation %s%s", name(account.Namespace, account.Name), annotationRoleARN, misspelt(account)),
		Fix:     "annotate it with the role's ARN, or give it an EKS Pod Identity association"}
	if near := p.nearAssociation(account); near != nil {
		found.Problem += fmt.Sprintf(", and an EKS Pod Identity association is of %q", name(near.Namespace, near.ServiceAccount))
		found.Fix = "name the ServiceAccount in the association, or annotate it with the role's ARN"
		found.Related = []Related{{near.Place, "the association"}}
	}
	return found
}

// reportNoRole reports a runner without a role: as an error if a job pushes from it,
// or if no others have one, so that some job has to.
func (p *proof) reportNoRole(r *runner, others bool) {
	if len(r.noRole) == 0 {
		return
	}
	if len(r.jobs) > 0 || !others {
		p.report.Findings = append(p.report.Findings, r.noRole...)
		return
	}
	p.find(noRole, r.Place, fmt.Sprintf("%s %q has no role, and no job of the files pushes from it", r.Kind, name(r.Namespace, r.Name)),
		"nothing, if no job is to push from it")
}

// checkScope reports a runner that the controller's admission webhook refuses, which
// the API server alone does not (runner_webhook.go).
func (p *proof) checkScope(w *facts.Workload) {
	if !isLegacy(w) {
		return
	}
	scopes := 0
	for _, scope := range []facts.Text{w.Scope.SourceRepository, w.Scope.Organization, w.Scope.Enterprise} {
		if scope.There {
			scopes++
		}
	}
	if scopes != 1 {
		p.find(badScope, w.Place, fmt.Sprintf("%s %q has %d of repository, organization and enterprise: want one", w.Kind, name(w.Namespace, w.Name), scopes),
			"name whom the runners serve")
	}
}

// isLegacy says whether the kind is of the controller's first API group.
func isLegacy(w *facts.Workload) bool {
	return w.Runner && strings.HasPrefix(w.APIVersion, "actions.summerwind.dev/")
}

// checkMode reports container modes in which jobs do not run where the role is.
func (p *proof) checkMode(w *facts.Workload) {
	if w.Kind == "RunnerSet" {
		p.find(runnerSet, w.Place, "the Pods of a RunnerSet with a ServiceAccount of its own do not reliably get the role's token (actions-runner-controller issue 2966)",
			"use a RunnerDeployment")
	}
	switch mode := w.ContainerMode; {
	case !mode.Known() || mode.Value == "" || mode.Value == "dind":
	case startsPods(w):
		p.checkRights(w)
	default:
		p.find(unknownContainerMode, mode.Place, fmt.Sprintf("unknown container mode %q, which the controller takes without a word", mode.Value),
			"leave it out, so that jobs run in the runner's Pod")
	}
}

const modeKubernetes = "kubernetes"

// closeChains asks of runners that no job was found for whether their role may
// push at all, and writes down the chains.
func (p *proof) closeChains() {
	others := slices.ContainsFunc(p.runners, func(r *runner) bool { return r.role() != nil })
	for _, r := range p.runners {
		p.reportNoRole(r, others)
		p.reportElsewhere(r)
		switch role := r.role(); {
		case role == nil:
		case !r.named:
			p.pushAnywhere(r)
		case len(p.permissionsOf(role).reaches) == 0 && !slices.ContainsFunc(r.pushes, func(link Link) bool { return link.State != Proved }):
			p.reportPushesNowhere(role)
		}
		p.report.Chains = append(p.report.Chains, p.chain(r))
	}
}

// pushAnywhere takes the image repositories from the role's policies.
func (p *proof) pushAnywhere(r *runner) {
	role := r.identity.role
	for _, target := range p.targetsOf(role) {
		r.pushes = append(r.pushes, p.pushFrom(r, target, facts.Pushes))
	}
	for _, reach := range p.permissionsOf(role).reaches {
		if _, one := reach.Target(); !one {
			r.pushes = append(r.pushes, p.checkReach(role, reach))
		}
	}
	if len(r.pushes) > 0 {
		p.checkLogin(role)
		return
	}
	if verdict := p.pushesSomewhere(role); verdict.Why != "" {
		p.find(notKnown, role.Place, fmt.Sprintf("whether role %q may push is not known: %s", title(role), verdict.Why), "add the file that tells")
		return
	}
	p.reportPushesNowhere(role)
}

func (p *proof) reportPushesNowhere(role *facts.Role) {
	p.find(pushesNowhere, role.Place, fmt.Sprintf("role %q may push to no image repository%s", title(role), p.unattached),
		fmt.Sprintf("allow %s on an image repository's ARN", putImage))
}

// checkReach asks whether the role may push to a class of image repositories, by one of it.
func (p *proof) checkReach(role *facts.Role, reach access.Reach) Link {
	link := Link{Name: LinkPush, State: Proved, Place: reach.Place, From: "role " + spell(role.Name), To: reach.Name}
	link.Text = fmt.Sprintf("role %q may push to %s", spell(role.Name), reach.Name)
	ask := func(action string) access.Decision { return p.permissionsOf(role).MayBeyond(action, reach.ARN) }
	if denied := p.missing(role, reach.Name, pushNeeds, &link, ask); denied != nil {
		link.State, link.Text = Broken, fmt.Sprintf("role %q may not push to %s", spell(role.Name), reach.Name)
		p.reportMissing(role, reach.ARN, denied, reach.Place, nil)
	}
	return link
}

// chain writes down what was found of a runner.
func (p *proof) chain(r *runner) Chain {
	workload := r.Kind + " " + name(r.Namespace, r.Name)
	chain := Chain{Workload: workload, Names: namesOf(r.Workload), Pool: spell(r.Name), Place: r.Place}
	chain.Links = append(chain.Links, r.jobs...)
	wanted := r.ServiceAccount.Value
	if wanted == "" {
		wanted = defaultServiceAccount
	}
	link := Link{LinkServiceAccount, Proved, fmt.Sprintf("its Pods run as ServiceAccount %q of namespace %q", wanted, spell(r.Namespace)), r.Place, workload, "ServiceAccount " + spell(r.Namespace) + "/" + wanted}
	if r.account == nil && len(r.noRole) > 0 {
		link.State, link.Text = Broken, "its Pods have no role"
		chain.Links = append(chain.Links, link)
		return chain
	}
	if r.account == nil {
		link.State, link.Text = Broken, fmt.Sprintf("ServiceAccount %q of namespace %q is not among the files", wanted, spell(r.Namespace))
		chain.Links = append(chain.Links, link)
		return chain
	}
	if r.podLink != nil {
		link.State, link.Text, link.Place = r.podLink.State, r.podLink.Text, r.podLink.Place
	}
	chain.Links = append(chain.Links, link)
	if r.identity == nil && link.State != Proved {
		return chain
	}
	if r.identity == nil {
		chain.Links = append(chain.Links, Link{LinkRole, Broken, "it names no role", r.account.Place, link.To, "role"})
		return chain
	}
	chain.Links = append(chain.Links, r.identity.links...)
	chain.Links = append(chain.Links, r.pushes...)
	return chain
}
