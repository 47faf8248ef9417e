package chain

import (
	"cmp"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Way is how the Pods of a ServiceAccount come to a role: IRSA or PodIdentity.
type Way interface {
	// RoleARN is the ARN of the role that they have in the end.
	RoleARN() facts.Text
	// is reports whether another way asks the same of AWS.
	is(other Way) bool
	// follow goes from the ServiceAccount to the role.
	follow(c *Chains, found *Identity)
}

// Identity is the identity that the Pods of a ServiceAccount have in AWS.
type Identity struct {
	ServiceAccount *facts.ServiceAccount
	By             Way
	// Role is the role of the files that they have in the end; nil: there is none.
	Role *facts.Role
	// Found are the roles that were looked up on the way, whether they are there or not.
	Found []RoleFound
	// Issuers are the issuers whose tokens are trusted; none: the chain breaks here, or needs
	// none.
	Issuers []index.Federated
	// Regions are the regions of the clusters that the Pods may be in.
	Regions []facts.Text
	Links   []Link
}

// identityOf follows a ServiceAccount to the role that its Pods come to, once for all that
// come to it alike.
func (c *Chains) identityOf(sa *facts.ServiceAccount, by Way) *Identity {
	for _, known := range c.identities[sa] {
		if known.By.is(by) {
			return known
		}
	}
	found := &Identity{ServiceAccount: sa, By: by}
	c.identities[sa] = append(c.identities[sa], found)
	c.Identities = append(c.Identities, found)
	by.follow(c, found)
	return found
}

// IsFirst reports whether the identity is the first that was found of its ServiceAccount.
func (c *Chains) IsFirst(found *Identity) bool { return c.identities[found.ServiceAccount][0] == found }

// wayOf is how new Pods of a ServiceAccount come to a role. An association wins over the
// annotation.
func (c *Chains) wayOf(sa *facts.ServiceAccount) Way {
	if associations := c.AssociationsOf(sa); len(associations) > 0 {
		return PodIdentity{associations}
	}
	return annotatedWith(sa)
}

// followServiceAccounts follows those whose role may push and that no workload of the files
// was followed to. Others have to do with the chain only if a runner has them.
func (c *Chains) followServiceAccounts() {
	for n := range c.ServiceAccounts {
		sa := &c.ServiceAccounts[n]
		role := cmp.Or(c.AssociatedRole(sa), c.AnnotatedRole(sa))
		if role != nil && c.identities[sa] == nil && c.namesPush(role) {
			c.identityOf(sa, c.wayOf(sa))
		}
	}
}

func (f *Identity) add(name string, state State, at source.Place, reason Reason, from, to string) {
	f.Links = append(f.Links, Link{Cause{state, at, reason}, name, from, to})
}

// title names the ServiceAccount as the end of a link.
func (f *Identity) title() string {
	return "ServiceAccount " + facts.Named(f.ServiceAccount.Namespace, f.ServiceAccount.Name)
}

// RoleFound is a role that something names, as far as the files have it.
type RoleFound struct {
	// Written is the ARN, as it is named at Place.
	Written facts.Text
	Place   source.Place
	Role    *facts.Role
	Problem RoleProblem
	// Other is the role whose ARN is not quite the one that is written.
	Other *facts.Role
	// Association reports that an association names it.
	Association bool
}

// RoleProblem keeps a name from being a role's for certain.
type RoleProblem int

const (
	// RoleCertain means that nothing does.
	RoleCertain RoleProblem = iota
	// ARNUnknown and ARNInvalid are about the ARN that is written.
	ARNUnknown
	ARNInvalid
	// RoleMissing means that no role of that name is among the files, RoleDiffers that the one
	// of that name has another ARN, AccountUnknown that its account is not known.
	RoleMissing
	RoleDiffers
	AccountUnknown
)

// find looks a role up by the ARN that is written.
func (c *Chains) find(written facts.Text) RoleFound {
	found := RoleFound{Written: written, Place: written.Place}
	if written.Unknown != "" {
		found.Problem = ARNUnknown
		return found
	}
	arn, err := identity.ParseRoleARN(written.Value)
	if err != nil {
		found.Problem = ARNInvalid
		return found
	}
	found.Role = c.Index.Role(arn)
	switch others := c.RolesNamed(arn.Name); {
	case found.Role != nil && !found.Role.Account.Known():
		found.Problem = AccountUnknown
	case found.Role != nil:
	case len(others) > 0:
		found.Problem, found.Other = RoleDiffers, others[0]
	default:
		found.Problem = RoleMissing
	}
	return found
}

// findReferenced looks up a role that an association names.
func (c *Chains) findReferenced(reference facts.RoleReference, at source.Place) RoleFound {
	found := RoleFound{Written: reference.ARN, Place: cmp.Or(reference.ARN.Place, at), Role: c.InTemplate(reference, at)}
	if found.Role == nil {
		found = c.find(reference.ARN)
		found.Place = cmp.Or(reference.ARN.Place, at)
	}
	found.Association = true
	return found
}
