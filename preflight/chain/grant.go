package chain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Access is one answer to the question who can push where. Runners that have one role
// through one ServiceAccount and take different jobs are an answer each.
type Access struct {
	// ImageRepository is one as docker push is given it, or describes a class of them, of
	// which ImageRepositorySuchAs is one; "" if there is one.
	ImageRepository, ImageRepositorySuchAs string
	// Who is a principal, or describes a class of them, of which SuchAs is one; "" if there
	// is one.
	Who, SuchAs string
	// Possibly says why it is not certain that they can; "" if it is.
	Possibly string
	// Role is the ARN, or the logical id, of the role through which.
	Role  string
	Place source.Place
	// Runner reports that it is a runner among the files.
	Runner bool
	// Jobs are the jobs that the runner takes; the zero value if Runner is false.
	Jobs Jobs
}

// Grants returns all answers to who can push where, sorted by image repository.
func (c *Chains) Grants() []Access {
	var rows []Access
	for _, h := range c.Held {
		for _, part := range h.BySession() {
			rows = append(rows, c.grantsOf(part)...)
		}
	}
	for _, loose := range c.LooseGrants(access.Push) {
		if !loose.Judged {
			rows = append(rows, loose.Access)
		}
	}
	return sorted(rows)
}

// LooseGrant is an answer that follows from no role of which all is known.
type LooseGrant struct {
	Access
	// On is the policy that the answer depends on: answers that are alike and depend on the
	// same are the same.
	On policy.Document
	// Judged reports that it is about a role that a ServiceAccount of the files has: who can
	// assume that is a separate answer.
	Judged bool
	// Unknown reports that the files do not determine what it comes to.
	Unknown bool
}

// LooseGrants returns the answers about roles that may have a grant on what is not known, about policies
// of image repositories, and, for pushes, about what is not looked at.
func (c *Chains) LooseGrants(grant access.Grant) []LooseGrant {
	var found []LooseGrant
	unknown := func(role *facts.Role, why string) {
		found = append(found, LooseGrant{
			Access:  Access{ImageRepository: "(not known)", Who: "anyone who can assume the role", Possibly: why, Role: role.Title(), Place: role.Place},
			On:      role.Trust.Policy,
			Unknown: true,
		})
	}
	users := c.Users
	if grant == access.Push {
		for _, h := range c.Held {
			if why := c.permissions[h.Role].UnknownResource(grant); why != "" {
				unknown(h.Role, why)
			}
		}
		for _, idle := range c.Idle {
			unknown(idle.Role, idle.Why)
		}
	} else {
		users = c.usersWith(grant)
		for _, role := range c.EveryRole() {
			if why := cmp.Or(c.permissions[role].UnknownResource(grant), c.somewhereUnknown(grant, role)); why != "" {
				unknown(role, why)
			}
		}
	}
	for _, user := range users {
		for _, row := range grantsOfUser(user) {
			found = append(found, LooseGrant{Access: row, Unknown: user.Why != ""})
		}
	}
	for _, let := range c.everyoneLetIn(grant) {
		found = append(found, LooseGrant{
			Access:  Access{ImageRepository: let.Repository.Name.String(), Who: let.Who, Possibly: let.Why, Role: "(the image repository's policy)", Place: let.Repository.Place},
			On:      let.on(),
			Judged:  c.isHolders(let.Representative),
			Unknown: let.Representative == "",
		})
	}
	if grant != access.Push {
		return found
	}
	notLookedAt := func(who string, at source.Place) {
		found = append(found, LooseGrant{Access: Access{ImageRepository: "(not known)", Who: who, Role: "(not looked at)", Place: at}, Unknown: true})
	}
	for _, a := range c.Unfollowed() {
		notLookedAt(AssociationTitle(a), a.Place)
	}
	for _, unread := range c.Unread {
		notLookedAt(unread.What, unread.Place)
	}
	return found
}

// grantsOf returns what a role can push to, and who can through it.
func (c *Chains) grantsOf(h *Held) []Access {
	var rows []Access
	for _, reach := range c.PermissionsIn(access.Push, h.Role, h.Session).Reaches {
		for _, one := range h.Principals {
			reach := c.reachOf(h, reach, one)
			if !reach.Possible() {
				continue
			}
			row := Access{
				ImageRepository: reach.Name,
				Who:             one.Who,
				SuchAs:          one.SuchAs,
				Possibly:        cmp.Or(one.Possibly, reach.Why),
				Role:            h.Role.Title(),
				Place:           h.Role.Place,
				Runner:          one.Subject != "",
			}
			if !reach.Single {
				row.ImageRepositorySuchAs = access.RegistryName(reach.ARN)
			}
			if !row.Runner {
				rows = append(rows, row)
				continue
			}
			for _, row.Jobs = range c.jobsOf(h.Role, one) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// reachOf is where a principal has a role's grant: an association's session tags may decide about
// one image repository.
func (c *Chains) reachOf(h *Held, reach access.Reach, one Principal) access.Reach {
	if one.Association != nil && reach.Single && !reach.Allowed() {
		as := c.associated(h.Role, one.Association)
		as.Session = h.Session
		reach.Decision = c.Repositories.AskFor(as, access.Push, reach.ARN)
	}
	return reach
}

// sorted puts rows in order, each once: of a role that a template and the account have, the
// ServiceAccount may be known of one alone.
func sorted(rows []Access) []Access {
	who := func(a, b Access) int {
		return cmp.Or(cmp.Compare(a.ImageRepository, b.ImageRepository), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Role, b.Role))
	}
	runnerFirst := func(row Access) int {
		if row.Runner {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(rows, func(a, b Access) int {
		return cmp.Or(who(a, b), cmp.Compare(runnerFirst(a), runnerFirst(b)), a.Jobs.Compare(b.Jobs))
	})
	return slices.CompactFunc(rows, func(row, before Access) bool {
		return who(row, before) == 0 && (!row.Runner || row.Jobs.Compare(before.Jobs) == 0)
	})
}

// LetIn is a principal that an image repository's own policy allows a grant, or may, and that is no
// runner. Without a representative it is not known who.
type LetIn struct {
	Repository *facts.ImageRepository
	access.Group
}

// on is the part of the policy that decides about the principal.
func (l LetIn) on() policy.Document {
	if l.Document == nil {
		return policy.Document{}
	}
	statement := l.Document.Policy.Statement[l.Statement]
	return policy.Document{Statement: []policy.Statement{{Effect: statement.Effect, Condition: statement.Condition}}}
}

// LetIn returns the principals that the image repositories' own policies let push.
func (c *Chains) LetIn() []LetIn {
	return slices.DeleteFunc(c.everyoneLetIn(access.Push), func(let LetIn) bool { return c.isHolders(let.Representative) })
}

// everyoneLetIn returns those and the roles that ServiceAccounts of the files have.
func (c *Chains) everyoneLetIn(grant access.Grant) []LetIn {
	var found []LetIn
	for n := range c.ImageRepositories {
		repository := &c.ImageRepositories[n]
		own := c.Repositories.PolicyOf(repository)
		for _, group := range c.Repositories.PrincipalsWith(&c.budget, grant, repository) {
			found = append(found, LetIn{repository, group})
		}
		unknown := func(why string, at source.Place) {
			found = append(found, LetIn{repository, access.Group{Who: "not known: " + why, Decision: access.Decision{Truth: policy.Possibly, Why: why, Place: at}}})
		}
		if own.There && own.Unknown != "" {
			unknown(own.Unknown, own.Place)
		}
		for _, i := range slices.Sorted(maps.Keys(own.Maybe)) {
			if maybe := own.Maybe[i]; maybe.NamesUnknown() && maybe.AtMost.Effect == policy.EffectAllow && access.Includes(maybe.AtMost, grant.Actions()[0]) {
				unknown(maybe.Why, maybe.Place)
			}
		}
	}
	return found
}

// isHolders reports whether the ARN is of a role that a ServiceAccount of the files has, or of a session of one: who
// can assume that is judged separately.
func (c *Chains) isHolders(name string) bool {
	if session, err := identity.ParseRoleSession(name); err == nil {
		return slices.ContainsFunc(c.RolesNamed(session.Role), func(role *facts.Role) bool {
			return role.Name.Is(string(session.Role)) && role.Account.MayBe(string(session.Account)) && c.HolderOf(role)
		})
	}
	arn, err := identity.ParseRoleARN(name)
	if err != nil {
		return false
	}
	role := c.Index.Role(arn)
	return role != nil && c.HolderOf(role)
}

// Unfollowed are the associations whose role is not among the files, so that what their Pods
// can push to is not known.
func (c *Chains) Unfollowed() []*facts.PodIdentityAssociation {
	var found []*facts.PodIdentityAssociation
	for n := range c.PodIdentityAssociations {
		a := &c.PodIdentityAssociations[n]
		if c.Referenced(index.LastRole(a), a.Place) == nil && !c.IsListedTwin(a) {
			found = append(found, a)
		}
	}
	return found
}

// AssociationTitle names an association.
func AssociationTitle(a *facts.PodIdentityAssociation) string {
	return fmt.Sprintf("the EKS Pod Identity association of %q in %s", facts.Named(a.Namespace, a.ServiceAccount), facts.InCluster(a.Cluster))
}
