package chain

import (
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Twins are the other descriptions of a role among the files, such as a template's beside the account's. Roles
// of which the account is not known may be those of several accounts.
func (c *Chains) Twins(role *facts.Role) []*facts.Role {
	return slices.DeleteFunc(slices.Clone(c.RolesNamed(identity.RoleName(role.Name.Value))), func(other *facts.Role) bool {
		return other == role || role.ARN() == "" || other.ARN() != role.ARN()
	})
}

// TakesTwin reports whether the Pods may take a role by another description of it.
func (c *Chains) TakesTwin(found *Identity, twin *facts.Role) bool {
	trust := c.trustOf(twin)
	switch by := found.By.(type) {
	case IRSA:
		token := tokenOf(found.ServiceAccount, by.Audience)
		return len(found.Issuers) == 0 || slices.ContainsFunc(found.Issuers, func(provider index.Federated) bool {
			return access.Decide(token.request(provider), trust).Possible()
		})
	case PodIdentity:
		return slices.ContainsFunc(by.Associations, func(a *facts.PodIdentityAssociation) bool {
			return a.TargetRole.ARN.There || access.Decide(access.PodRequest(a, access.AssumeRole), trust).Possible()
		})
	}
	return true
}
