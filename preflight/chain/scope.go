package chain

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// Jobs says which jobs GitHub gives to a runner, and so who can push through it.
type Jobs struct {
	Scope Scope
	// Group is the runner group: DefaultGroup if an organization's or an enterprise's
	// runner names none, "" if it is unknown or a source repository's runner names none.
	Group string
	// Labels are the runner's; a job that asks for some of them can get it. "self-hosted"
	// stands for those of the system and the processor too. None: they are unknown.
	Labels []string
}

// Scope is whose jobs a runner takes. The zero value is unknown.
type Scope struct {
	Kind ScopeKind
	// Name is the source repository's name, as OWNER/NAME, or the login of the
	// organization or the enterprise; in front of it the host, if that is not github.com.
	// "" if the scope is unknown.
	Name string
}

// ScopeKind is the kind of account that a runner is registered with on GitHub.
type ScopeKind int

const (
	UnknownScope ScopeKind = iota
	SourceRepository
	Organization
	Enterprise
	// NoJobs is of a workload that pushes by its own commands.
	NoJobs
)

func (k ScopeKind) String() string {
	return [...]string{"unknown", "source repository", "organization", "enterprise", "none"}[k]
}

// Compare orders jobs by scope, group and labels; 0 if they are the same.
func (j Jobs) Compare(other Jobs) int {
	return cmp.Or(
		cmp.Compare(j.Scope.Kind, other.Scope.Kind),
		cmp.Compare(j.Scope.Name, other.Scope.Name),
		cmp.Compare(j.Group, other.Group),
		slices.Compare(j.Labels, other.Labels),
	)
}

// jobsOf returns the jobs of each runner that has the role as the principal. Where no runner of the
// files does, they are unknown.
func (c *Chains) jobsOf(role *facts.Role, as Principal) []Jobs {
	var all []Jobs
	for _, r := range c.RunnersWith(role, as) {
		if r.Identity != nil || !r.IsBystander() {
			all = append(all, r.Takes())
		}
	}
	if all == nil {
		return []Jobs{{}}
	}
	return all
}

// RunnersWith are the runners of the files that have the role through a ServiceAccount with the
// principal's subject in its cluster, as far as the files show which that is.
func (c *Chains) RunnersWith(role *facts.Role, as Principal) []*Runner {
	var found []*Runner
	for _, sa := range c.holders[role] {
		inCluster := as.Association == nil || slices.Contains(c.AssociationsOf(sa), as.Association)
		if subjectOf(sa) == as.Subject && inCluster && !c.HasOtherIssuer(sa, as.Provider.Host) {
			found = append(found, c.runnersAs[sa]...)
		}
	}
	return found
}

// DefaultGroup is the runner group in which GitHub puts a runner of an organization or an
// enterprise that names none.
const DefaultGroup = "default"

// Takes returns the jobs that the runner takes. Those of a workload of an image that is not known
// are unknown: it may be a runner.
func (r *Runner) Takes() Jobs {
	if !r.IsRunner() && !r.IsBystander() {
		return Jobs{Scope: Scope{Kind: NoJobs}}
	}
	jobs := Jobs{Scope: scopeOf(r.Scope), Labels: r.allLabels()}
	switch {
	case r.Scope.Group.Known():
		jobs.Group = r.Scope.Group.Value
	case !r.Scope.Group.There && (jobs.Scope.Kind == Organization || jobs.Scope.Kind == Enterprise):
		jobs.Group = DefaultGroup
	}
	return jobs
}

// mayBeIn reports whether the runner may be in a runner group. A source repository's is in none.
func (r *Runner) mayBeIn(group string) bool {
	takes := r.Takes()
	if takes.Scope.Kind == UnknownScope || r.Scope.Group.Unknown != "" {
		return true
	}
	return strings.EqualFold(takes.Group, group)
}

// allLabels returns the labels that a runner is given. A legacy kind's has "self-hosted" too,
// which stands for all that the runner adds by where it runs.
func (r *Runner) allLabels() []string {
	labels := r.Labels()
	if r.Legacy {
		added := func(label string) bool { return identity.RunnerLabel(label).Implied() }
		labels = append([]string{string(identity.RunnerLabelSelfHosted)}, slices.DeleteFunc(labels, added)...)
	}
	if r.unknownLabel().Unknown != "" {
		labels = append(labels, "others that are unknown")
	}
	return labels
}

// scopeOf is unknown if the files name none, or several.
func scopeOf(s facts.Scope) Scope {
	var found []Scope
	for _, named := range []struct {
		kind ScopeKind
		name facts.Text
	}{{SourceRepository, s.SourceRepository}, {Organization, s.Organization}, {Enterprise, s.Enterprise}} {
		if named.name.There {
			found = append(found, Scope{named.kind, named.name.Value})
		}
	}
	if s.URL.There {
		found = append(found, scopeAt(s.URL.Value))
	}
	if len(found) != 1 || found[0].Name == "" {
		return Scope{}
	}
	return found[0]
}

// Check reports a name that GitHub gives no organization, source repository or enterprise.
func (s Scope) Check() error {
	switch s.Kind {
	case SourceRepository:
		return identity.SourceRepository(s.Name).Check()
	case Organization:
		return identity.Organization(s.Name).Check()
	case Enterprise:
		return identity.Enterprise(s.Name).Check()
	}
	return nil
}

// scopeAt reads a githubConfigUrl as the controller does (actions-runner-controller,
// github/actions/config.go, ParseGitHubConfigFromURL). It is unknown if GitHub has no such name.
func scopeAt(address string) Scope {
	parsed, err := url.Parse(strings.Trim(address, "/"))
	if err != nil || parsed.Host == "" || strings.EqualFold(parsed.Host, "api.github.com") {
		return Scope{}
	}
	host := strings.TrimPrefix(parsed.Host, "www.") + "/"
	if host == "github.com/" {
		host = ""
	}
	parts := strings.Split(strings.Trim(parsed.Path, "/"), "/")
	var scope Scope
	switch {
	case len(parts) == 1:
		scope = Scope{Organization, parts[0]}
	case len(parts) == 2 && strings.EqualFold(parts[0], "enterprises"):
		scope = Scope{Enterprise, parts[1]}
	case len(parts) == 2:
		scope = Scope{SourceRepository, strings.Join(parts, "/")}
	}
	if scope.Name == "" || scope.Check() != nil {
		return Scope{}
	}
	scope.Name = host + scope.Name
	return scope
}
