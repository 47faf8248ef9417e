// Package chain follows each runner from the job to the image repository:
//
//	job → runner → Pod → ServiceAccount → way → role → image repository
//
// and finds who else can take each role. It says of every link whether it is proved, broken
// or unknown, and why as a typed Reason, and leaves to package rule what that means for the
// user. Everything is found once, in the order of the files, so that no rule's question
// changes another's answer.
//
// A Way is how Pods come to a role: IRSA, or EKS Pod Identity with its target role. Start at
// New, which builds all chains, and at Runner.
package chain

import (
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Names of the links of a chain, in order.
const (
	LinkJob            = "job → runner"
	LinkServiceAccount = "Pod → ServiceAccount"
	LinkRole           = "ServiceAccount → role ARN"
	LinkProvider       = "token → provider"
	LinkAgent          = "Pod → EKS Pod Identity agent"
	LinkTrust          = "token → trust policy"
	LinkTarget         = "role → target role"
	LinkHop            = "role → assumed role"
	LinkPush           = "role → image repository"
)

// State is the state of a link.
type State int

const (
	// Proved means that the files show that it holds.
	Proved State = iota
	// Broken means that the files show that it does not.
	Broken
	// Unknown means that the files do not determine it.
	Unknown
)

func (s State) String() string {
	return [...]string{"proved", "broken", "unknown"}[s]
}

// Reason is why a link is as it is; its type says which of the reasons there are.
type Reason interface {
	// Text says what was found, in one line.
	Text() string
}

// Cause is a state, and the reason for it in its place.
type Cause struct {
	State  State
	Place  source.Place
	Reason Reason
}

// Link is one step of a chain.
type Link struct {
	Cause
	// Name says which step it is.
	Name string
	// From and To are its two ends, such as "Pod" and "ServiceAccount x/y".
	From, To string
}

// Chains is all chains of the files.
type Chains struct {
	*index.Index
	// Repositories are the image repositories of the files.
	Repositories *access.ImageRepositories
	// Runners are the workloads that a proof is owed.
	Runners []*Runner
	// Jobs are the jobs that log in to Amazon ECR or push to it, ImageJobs those whose images may
	// go wrong without.
	Jobs      []*Job
	ImageJobs []*ImageJob
	// Identities are the identities that the Pods of ServiceAccounts have in AWS, each once.
	Identities []*Identity
	// Held are the roles that can push to something, or that a runner has, and who can take
	// each; Idle are those of which it is not known whether they may push, and why.
	Held []*Held
	Idle []Idle

	// Users are the IAM users that can push, or may.
	Users []User

	// Unattached names a policy that would allow pushing and that no role has, as a part of a
	// sentence; "" if there is none.
	Unattached string
	// RunnersByLabel are the runners by each label, in lower case, that not every runner has.
	RunnersByLabel map[string][]*Runner

	templates   map[facts.KeyValue]template
	permissions map[*facts.Role]*Permissions
	pulls       map[*facts.Role]*Permissions // of those that were asked about
	podRoles    map[*facts.Role]bool         // that something in the cluster names
	trusts      map[*facts.Role]*facts.Document
	identities  map[*facts.ServiceAccount][]*Identity
	holders     map[*facts.Role][]*facts.ServiceAccount
	cameFrom    map[*facts.Role][]*facts.Role // from which jobs go on to a role
	runnersAs   map[*facts.ServiceAccount][]*Runner
	budget      access.Budget
}

// New follows every chain.
func New(i *index.Index) *Chains {
	c := &Chains{
		Index:        i,
		Repositories: access.NewImageRepositories(i.ImageRepositories, i.RegistryPolicies...),
		templates:    map[facts.KeyValue]template{},
		permissions:  map[*facts.Role]*Permissions{},
		pulls:        map[*facts.Role]*Permissions{},
		podRoles:     map[*facts.Role]bool{},
		trusts:       map[*facts.Role]*facts.Document{},
		identities:   map[*facts.ServiceAccount][]*Identity{},
		holders:      map[*facts.Role][]*facts.ServiceAccount{},
		cameFrom:     map[*facts.Role][]*facts.Role{},
		runnersAs:    map[*facts.ServiceAccount][]*Runner{},
	}
	c.findPermissions()
	c.Unattached = c.nameUnattached()
	c.findRunners()
	c.RunnersByLabel = c.runnersByLabel()
	c.followJobs()
	c.followRunners()
	c.followServiceAccounts()
	c.followImages()
	c.followCommands()
	c.followPushes()
	c.findHolders()
	c.Users = c.usersWith(access.Push)
	return c
}

// findHolders finds the ServiceAccounts that have each role by their annotation or
// association, or came to it, and who else can take it.
func (c *Chains) findHolders() {
	hold := func(role *facts.Role, sa *facts.ServiceAccount) {
		if role != nil && !slices.Contains(c.holders[role], sa) {
			c.holders[role] = append(c.holders[role], sa)
		}
	}
	for n := range c.ServiceAccounts {
		sa := &c.ServiceAccounts[n]
		hold(c.AnnotatedRole(sa), sa)
		hold(c.AssociatedRole(sa), sa)
	}
	for _, identity := range c.Identities {
		for _, found := range identity.Found {
			hold(found.Role, identity.ServiceAccount)
		}
	}
	for _, role := range c.EveryRole() {
		if !c.namesPush(role) && !slices.ContainsFunc(c.holders[role], func(sa *facts.ServiceAccount) bool { return c.identities[sa] != nil }) {
			if verdict := c.Somewhere(access.Push, role); verdict.Why != "" && !role.ServiceLinked() {
				c.Idle = append(c.Idle, Idle{role, verdict.Why})
			}
			continue
		}
		c.Held = append(c.Held, c.held(role))
	}
}

// HeldFor are the roles that have one of the grants on something, and who can take each.
func (c *Chains) HeldFor(grants ...access.Grant) []*Held {
	known := map[*facts.Role]*Held{}
	for _, h := range c.Held {
		known[h.Role] = h
	}
	var found []*Held
	for _, role := range c.EveryRole() {
		if !slices.ContainsFunc(grants, func(grant access.Grant) bool { return len(c.PermissionsFor(grant, role).Reaches) > 0 }) {
			continue
		}
		if known[role] == nil {
			known[role] = c.held(role)
		}
		found = append(found, known[role])
	}
	return found
}

// HolderOf reports whether a ServiceAccount of the files has the role.
func (c *Chains) HolderOf(role *facts.Role) bool { return len(c.holders[role]) > 0 }
