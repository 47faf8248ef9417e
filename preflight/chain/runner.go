package chain

import (
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
	// Identity is what the Pod is to AWS; nil: it has no role, or whether it has one is
	// unknown.
	Identity *Identity
	// Causes are why the Pods do not certainly get the token of a ServiceAccount with a role.
	// Without a ServiceAccount the first is why; otherwise the last decides.
	Causes []Cause
	// NoRole is why nothing gives the Pods a role; nil: something does, or should.
	NoRole Reason
	// Jobs are the links from jobs, Pushes those to image repositories.
	Jobs   []Link
	Pushes []*Push
	// NamesPush reports that a job of the files names where to push.
	NamesPush bool
	// clusterRegions reports that EKS sets the region in the container in which jobs run.
	clusterRegions bool
	// ContainerJobs reports that a job of the files runs in a container of its own on it.
	ContainerJobs bool
}

// Role is the one that the Pods have in the end, nil if they have none.
func (r *Runner) Role() *facts.Role {
	if r.Identity == nil {
		return nil
	}
	return r.Identity.Role
}

// Title names the workload by kind, namespace and name.
func (r *Runner) Title() string { return r.Kind + " " + facts.Named(r.Namespace, r.Name) }

// Quoted is the title with quotes around the name.
func (r *Runner) Quoted() string {
	return fmt.Sprintf("%s %q", r.Kind, facts.Named(r.Namespace, r.Name))
}

// IsRunner reports whether the workload makes runners, by its kind or its image.
func (r *Runner) IsRunner() bool {
	return r.Workload.Runner || isRunnerImage(r.Workload)
}

// isRunnerImage reports whether the main container of a Pod is GitHub's runner by its
// image's name, which the controller's begins with, too.
func isRunnerImage(w *facts.Workload) bool {
	if len(w.Containers) == 0 {
		return false
	}
	image := w.Containers[0].Image.Value
	return strings.Contains(image, "actions-runner") && !strings.Contains(image, "actions-runner-controller")
}

// followRunners follows each runner from its Pod, and whatever else has a role that may push.
func (c *Chains) followRunners() {
	for n := range c.Workloads {
		if w := &c.Workloads[n]; w.Runner || isRunnerImage(w) || c.hasRole(w, func(role *facts.Role) bool { return buildsImages(w) || c.namesPush(role) }) {
			c.Runners = append(c.Runners, c.follow(w))
		}
	}
}

// hasRole reports whether the Pods of a workload have a role that is right. What has another
// role has nothing to do with the chain.
func (c *Chains) hasRole(w *facts.Workload, right func(*facts.Role) bool) bool {
	sa := c.ServiceAccountOf(w)
	return sa != nil && slices.ContainsFunc([]*facts.Role{c.AnnotatedRole(sa), c.AssociatedRole(sa), c.OwnRole(w)}, func(role *facts.Role) bool {
		return role != nil && right(role)
	})
}

// buildsImages reports whether a container of a Pod is kaniko, which does nothing but build an
// image and push it.
func buildsImages(w *facts.Workload) bool {
	return slices.ContainsFunc(w.Containers, func(c facts.Container) bool { return strings.Contains(c.Image.Value, "kaniko") })
}

func (c *Chains) follow(w *facts.Workload) *Runner {
	r := &Runner{Workload: w, SA: c.ServiceAccountOf(w)}
	if r.SA != nil {
		c.runnersAs[r.SA] = append(c.runnersAs[r.SA], r)
	} else {
		r.missServiceAccount()
	}
	if r.Refusal.There {
		r.add(Broken, r.Refusal.Place, ControllerRefuses{r.Quoted(), r.Refusal.Value})
	}
	c.askController(r)
	c.identify(r, c.PodOf(r))
	return r
}

// PodOf is the runner's Pod as the controller and EKS make it.
func (c *Chains) PodOf(r *Runner) facts.Pod {
	if associations := c.AssociationsOf(r.SA); len(associations) > 0 {
		return kubernetes.InjectAssociated(r.Workload, r.SA, associations[0].Place)
	}
	return kubernetes.Inject(r.Workload, r.SA)
}

func (r *Runner) missServiceAccount() {
	switch {
	case !r.ServiceAccount.There:
		r.NoRole = NoServiceAccountNamed{}
		r.add(Broken, r.Place, r.NoRole)
	case !r.ServiceAccount.Known():
		r.add(Broken, r.Place, ServiceAccountUnknown{r.ServiceAccount, r.Namespace})
	default:
		r.add(Broken, r.Place, ServiceAccountMissing{r.ServiceAccount.Value, r.Namespace})
	}
}

// NoServiceAccountNamed means that the Pods have the default ServiceAccount.
type NoServiceAccountNamed struct{}

// ServiceAccountUnknown means that the name of the ServiceAccount is not known.
type ServiceAccountUnknown struct{ Name, Namespace facts.Text }

// ServiceAccountMissing means that no file has the ServiceAccount in the Pods' namespace.
type ServiceAccountMissing struct {
	Name      string
	Namespace facts.Text
}

// RunsAs means that the Pods get the token of their ServiceAccount.
type RunsAs struct{ Name, Namespace string }

func (NoServiceAccountNamed) Text() string { return "its Pods have no role" }
func (s ServiceAccountUnknown) Text() string {
	return ServiceAccountMissing{index.DefaultServiceAccount, s.Namespace}.Text()
}
func (s ServiceAccountMissing) Text() string {
	return fmt.Sprintf("ServiceAccount %q of namespace %q is not among the files", s.Name, s.Namespace)
}
func (s RunsAs) Text() string {
	return fmt.Sprintf("its Pods run as ServiceAccount %q of namespace %q", s.Name, s.Namespace)
}

// Links is the chain of the runner, as far as it goes.
func (r *Runner) Links() []Link {
	name := r.ServiceAccount.Value
	if name == "" {
		name = index.DefaultServiceAccount
	}
	link := Link{Cause{Proved, r.Place, RunsAs{name, r.Namespace.String()}}, LinkServiceAccount, r.Title(), "ServiceAccount " + r.Namespace.String() + "/" + name}
	switch {
	case r.SA == nil:
		link.Cause = r.Causes[0]
	case len(r.Causes) > 0:
		link.Cause = r.Causes[len(r.Causes)-1]
	}
	links := append(slices.Clone(r.Jobs), link)
	switch {
	case r.Identity != nil:
		links = append(links, r.Identity.Links...)
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
