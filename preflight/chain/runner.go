package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// Runner is a workload that jobs run in, or that has a role that may push.
type Runner struct {
	*facts.Workload
	// SA is the ServiceAccount of its Pods, nil if that is not among the files.
	SA *facts.ServiceAccount
	// Identity is the Pod's identity in AWS; nil: it has no role, or whether it has one is
	// unknown.
	Identity *Identity
	// Causes are why the Pods do not certainly get the token of a ServiceAccount with a role.
	// Without a ServiceAccount the first is why; otherwise the last decides.
	Causes []Cause
	// NoRole is why nothing gives the Pods a role; nil: something does, or should. PushesAlone reports that a job
	// logs in or pushes without another role all the same.
	NoRole      Reason
	PushesAlone bool
	// Jobs are the links from jobs, Hops the roles that these assume to push, Pushes the links to
	// image repositories.
	Jobs   []Link
	Hops   []*Hop
	Pushes []*Push
	// NamesPush reports that a job of the files names where to push.
	NamesPush bool
	// clusterRegions reports that EKS sets the region in the container in which jobs run.
	clusterRegions bool
	// containerJobs is how many of the jobs run in a container that it starts.
	containerJobs int
	// JobPod is the Pod that its hooks start for a job's container, and StartedBy the runner
	// whose hooks start this Pod; nil: none.
	JobPod, StartedBy *Runner
	// OnlyStarts reports that jobs run in the Pod that it starts alone, and none in its own.
	OnlyStarts bool
	// unreadable is why the hooks cannot read the Pod's template; not there: they can, or whether
	// they can is not known.
	unreadable facts.Text
	// Commands hold what the commands of its containers do, if it is no runner.
	Commands []*facts.Job
}

// Role is the one that the Pods have in the end, nil if they have none.
func (r *Runner) Role() *facts.Role {
	if r.Identity == nil {
		return nil
	}
	return r.Identity.Role
}

// way is how the Pods have their role; nil: they have none.
func (r *Runner) way() Way {
	if r.Identity == nil {
		return nil
	}
	return r.Identity.By
}

// Title names the workload by kind, namespace and name.
func (r *Runner) Title() string { return r.kind() + " " + facts.Named(r.Namespace, r.Name) }

// Quoted is the title with quotes around the name.
func (r *Runner) Quoted() string {
	return fmt.Sprintf("%s %q", r.kind(), facts.Named(r.Namespace, r.Name))
}

func (r *Runner) kind() string {
	if r.StartedBy != nil {
		return "job Pod of " + r.Kind
	}
	return r.Kind
}

// IsRunner reports whether the workload makes runners, by its kind or its image.
func (r *Runner) IsRunner() bool {
	return r.Workload.Runner || isRunnerImage(r.Workload)
}

// isRunnerImage reports whether the main container of a Pod is GitHub's runner by its
// image's name, which the controller's begins with, too, or the image "github-runner" of one who packs it.
func isRunnerImage(w *facts.Workload) bool {
	if len(w.Containers) == 0 {
		return false
	}
	image := w.Containers[0].Image.Value
	return strings.Contains(image, "actions-runner") && !strings.Contains(image, "actions-runner-controller") ||
		strings.HasSuffix(imageName(w.Containers[0].Image), "/github-runner")
}

// findRunners finds the runners, and whatever else pushes to Amazon ECR or has a role that may.
func (c *Chains) findRunners() {
	for n := range c.Workloads {
		w := c.withoutExcluded(&c.Workloads[n])
		if c.isOfSet(w) {
			continue
		}
		isRunner := w.Runner || isRunnerImage(w)
		var commands []*facts.Job
		if !isRunner {
			commands = c.commandsOf(w)
		}
		if isRunner || slices.ContainsFunc(commands, pushesToECR) || c.hasRole(w, func(role *facts.Role) bool {
			return slices.ContainsFunc(commands, pushesSomewhere) || c.namesPush(role)
		}) {
			r := &Runner{Workload: w, SA: c.ServiceAccountOf(w), Commands: commands}
			r.JobPod = c.jobPodOf(r)
			c.Runners = append(c.Runners, r)
		}
	}
}

// isOfSet reports whether a set of the files has made the workload in a cluster, with the
// ServiceAccount that the set has: then the set is judged.
func (c *Chains) isOfSet(w *facts.Workload) bool {
	return w.Set.Known() && slices.ContainsFunc(c.Workloads, func(set facts.Workload) bool {
		return (set.Kind == "AutoscalingRunnerSet" || set.Kind == "RunnerDeployment") && set.Name.Is(w.Set.Value) &&
			set.Namespace.Same(w.Namespace) && set.ServiceAccount.Same(w.ServiceAccount)
	})
}

// hasRole reports whether the Pods of a workload have a role that is right. What has another
// role has nothing to do with the chain.
func (c *Chains) hasRole(w *facts.Workload, right func(*facts.Role) bool) bool {
	sa := c.ServiceAccountOf(w)
	return sa != nil && slices.ContainsFunc([]*facts.Role{c.AnnotatedRole(sa), c.AssociatedRole(sa), c.OwnRole(w)}, func(role *facts.Role) bool {
		return role != nil && right(role)
	})
}

// followRunners follows the Pods of runners, and those that they start for jobs.
func (c *Chains) followRunners() {
	runners := c.Runners
	c.Runners = nil
	for _, r := range runners {
		c.Runners = append(c.Runners, r)
		if r.JobPod == nil {
			continue
		}
		required, _ := c.RequiresContainer(r.Workload)
		r.OnlyStarts = required || len(r.Jobs) == 0
		if r.OnlyStarts || len(r.JobPod.Jobs) > 0 {
			c.Runners = append(c.Runners, r.JobPod)
		} else {
			r.JobPod = nil
		}
	}
	for _, r := range c.Runners {
		c.follow(r)
	}
}

func (c *Chains) follow(r *Runner) {
	if r.unreadable.There {
		r.fails(Broken, r.unreadable.Place, TemplateUnreadable, "%s", r.unreadable.Value)
		return
	}
	if r.SA != nil {
		c.runnersAs[r.SA] = append(c.runnersAs[r.SA], r)
	} else if r.ServiceAccount.There || !r.OnlyStarts {
		c.missServiceAccount(r)
	}
	if r.StartedBy == nil {
		if r.Refusal.There {
			r.fails(Broken, r.Refusal.Place, ControllerRefuses, "the controller makes no Pod of %s: %s", r.Quoted(), r.Refusal.Value)
		}
		c.askController(r)
		c.askStart(r)
	}
	pod := c.PodOf(r)
	refused := c.askNamespace(r, pod)
	if refusal := kubernetes.Validate(r.Workload, pod); refusal != nil {
		r.add(Broken, cmp.Or(refusal.Place, r.Place), PodRefused{refusal.Text})
	} else {
		if !refused {
			c.askNode(r, pod)
		}
		c.askQuotas(r, pod)
		c.askPolicies(r, pod)
		c.askAdmission(r, pod)
		c.askHooks(r, pod)
		if r.SA != nil && len(pod.Containers) > 0 && !r.OnlyStarts {
			c.identify(r, pod)
			c.madeTwice(r)
			c.replacesHooks(r)
		}
	}
	if r.StartsPods() && r.StartedBy == nil && r.JobPod == nil {
		c.elsewhere(r)
	}
}

// elsewhere looks for jobs that run in Pods with the namespace's default ServiceAccount. If all
// of them do, it is not for want of a role that the runner's own Pod is wrong.
func (c *Chains) elsewhere(r *Runner) {
	required, _ := c.RequiresContainer(r.Workload)
	all := required || r.containerJobs == len(r.Jobs)
	if all || r.containerJobs > 0 {
		r.fails(Broken, r.ContainerMode.Place, JobsElsewhere,
			"in container mode %q jobs run in separate Pods under the namespace's default ServiceAccount, without the role (actions-runner-controller issue 2754)", r.ContainerMode.Value)
	}
	if all {
		r.NoRole = nil
	}
}

// PodOf is the runner's Pod as the controller and EKS make it.
func (c *Chains) PodOf(r *Runner) facts.Pod {
	if associations := c.AssociationsOf(r.SA); len(associations) > 0 {
		return kubernetes.InjectAssociated(r.Workload, r.SA, associations[0].Place)
	}
	return kubernetes.Inject(r.Workload, r.SA)
}

func (c *Chains) missServiceAccount(r *Runner) {
	named := &facts.ServiceAccount{Namespace: r.Namespace, Name: r.ServiceAccount}
	switch {
	case !r.ServiceAccount.There, r.ServiceAccount.Is(index.DefaultServiceAccount) && len(c.AssociationsOf(named)) == 0:
		r.NoRole = NoServiceAccountNamed{}
		r.add(Broken, r.Place, r.NoRole)
	case !r.ServiceAccount.Known():
		r.add(Unknown, r.ServiceAccount.Place, ServiceAccountUnknown{r.ServiceAccount})
	case c.MayLackObjects() && len(c.ServiceAccountsNamed(r.ServiceAccount.Value)) == 0:
		r.add(Unknown, r.Place, ServiceAccountMissing{r.ServiceAccount.Value, r.Namespace})
	case c.elsewhereOf(r) != nil:
		r.add(Unknown, r.Place, ServiceAccountElsewhere{c.elsewhereOf(r), r.Workload})
	default:
		r.add(Broken, r.Place, ServiceAccountMissing{r.ServiceAccount.Value, r.Namespace})
	}
}

// elsewhereOf is the ServiceAccount in a folder of which the files don't show whether it is of the
// runner's cluster; nil: there is none.
func (c *Chains) elsewhereOf(r *Runner) *facts.ServiceAccount {
	for _, sa := range c.ServiceAccountsNamed(r.ServiceAccount.Value) {
		if r.Namespace.There && sa.Namespace.Is(r.Namespace.Value) && !index.AsDeep(sa.Place, r.Place) {
			return sa
		}
	}
	return nil
}

// ServiceAccountElsewhere means that a folder has the ServiceAccount, and another runner of the name,
// and that it may be another cluster's.
type ServiceAccountElsewhere struct {
	SA *facts.ServiceAccount
	Of *facts.Workload
}

// NoServiceAccountNamed means that the Pods have the default ServiceAccount.
type NoServiceAccountNamed struct{}

// ServiceAccountUnknown means that the name of the ServiceAccount is not known.
type ServiceAccountUnknown struct{ Name facts.Text }

// ServiceAccountMissing means that no file has the ServiceAccount in the Pods' namespace.
type ServiceAccountMissing struct {
	Name      string
	Namespace facts.Text
}

func (NoServiceAccountNamed) Text() string { return "its Pods have no role" }
func (s ServiceAccountElsewhere) Text() string {
	return fmt.Sprintf("whether ServiceAccount %q of folder %q is in the cluster of folder %q too is not known: a %s of the name is nearer to it", s.SA.Name, index.Folder(s.SA.Place), index.Folder(s.Of.Place), s.Of.Kind)
}
func (s ServiceAccountUnknown) Text() string {
	return "the Pod's ServiceAccount is not known: " + s.Name.Unknown
}
func (s ServiceAccountMissing) Text() string {
	return fmt.Sprintf("ServiceAccount %q of namespace %q is not among the files", s.Name, s.Namespace)
}

// Links is the chain of the runner, as far as it goes.
func (r *Runner) Links() []Link {
	name := index.NameOfServiceAccount(r.Workload).String()
	runsAs := Said(fmt.Sprintf("its Pods run as ServiceAccount %q of namespace %q", name, r.Namespace))
	link := Link{Cause{Proved, r.Place, runsAs}, LinkServiceAccount, r.Title(), "ServiceAccount " + r.Namespace.String() + "/" + name}
	switch {
	case r.SA == nil:
		link.Cause = r.Causes[0]
	case len(r.Causes) > 0:
		link.Cause = r.Causes[len(r.Causes)-1]
	}
	links := append(slices.Clone(r.Jobs), link)
	switch {
	case r.Identity != nil || len(r.Hops) > 0 && !r.PushesAlone:
		if r.Identity != nil {
			links = append(links, r.Identity.Links...)
		}
		for _, hop := range r.Hops {
			links = append(links, hop.Link())
		}
		for _, push := range r.Pushes {
			links = append(links, push.Link())
		}
	case r.SA != nil && link.State == Proved:
		links = append(links, Link{Cause{Broken, r.SA.Place, NamesNoRole{}}, LinkRole, link.To, "role"})
	}
	return links
}

func (r *Runner) add(state State, at source.Place, reason Reason) {
	r.Causes = append(r.Causes, Cause{state, at, reason})
}

// NamesNoRole means that neither an annotation nor an association gives the ServiceAccount a
// role.
type NamesNoRole struct{}

func (NamesNoRole) Text() string { return "it names no role" }
