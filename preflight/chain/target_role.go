package chain

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// followTarget follows an association from its role to the target role, which may be in
// another account (Amazon EKS user guide, "Access AWS Resources using EKS Pod Identity Target
// IAM Roles"). It is nil if it is not among the files.
func (c *Chains) followTarget(found *Identity, a *facts.PodIdentityAssociation, role *facts.Role) *facts.Role {
	named := c.findReferenced(a.TargetRole, a.Place)
	found.Found = append(found.Found, named)
	target := named.Role
	if target == nil {
		state, why := Broken, "the association's target role is not among the files"
		if unknown := a.TargetRole.ARN.Unknown; unknown != "" {
			state, why = Unknown, "the association's target role is not known: "+unknown
		}
		found.add(LinkTarget, state, a.Place, Said(why), "role "+role.Title(), "role")
		return nil
	}
	c.assume(found, Assumption{
		Who:         fmt.Sprintf("role %q", role.Title()),
		Role:        target,
		Association: a,
		ask: func(action string) (policy.Request, access.Decision) {
			request := c.targetRequest(a, role, target, action)
			return request, c.mayAssume(request, role, target)
		},
	}, LinkTarget, "role "+role.Title())
	return target
}

// targetRequest returns EKS' request to STS with the association's role.
func (c *Chains) targetRequest(a *facts.PodIdentityAssociation, role, target *facts.Role, action string) policy.Request {
	request := c.associated(role, a).Request(action, index.TargetARN(a, target))
	access.RequestPodTags(&request, a)
	if id := externalID(a); id != "" {
		request.Context["sts:ExternalId"] = []string{id}
	}
	return request
}

// externalID returns the external id that EKS shows a target role where session tags are disabled; "" if it shows
// none, or the files do not determine it.
func externalID(a *facts.PodIdentityAssociation) string {
	parts := []string{}
	for _, part := range []facts.Text{a.Region, a.Account, a.Cluster, a.Namespace, a.ServiceAccount} {
		if !part.Known() || !a.DisableSessionTags.Is("true") {
			return ""
		}
		parts = append(parts, part.Value)
	}
	return strings.Join(parts, "/")
}

// mayAssume decides whether a role may assume another. In one account a trust policy that
// names the role is enough; otherwise the role's own policies have to allow it too, and across
// accounts both always have to (IAM user guide, "Policy evaluation logic").
func (c *Chains) mayAssume(request policy.Request, role, target *facts.Role) access.Decision {
	trust := c.trustOf(target)
	theirs := access.Decide(request, trust)
	if !theirs.Possible() {
		return theirs
	}
	if own := c.permissions[role].May(request, trust); own.Truth <= theirs.Truth {
		return own
	}
	return theirs
}

// goesOn reports whether a principal of a target role's trust policy is a role from which a job,
// or an association, goes on to it.
func (c *Chains) goesOn(target *facts.Role, name string) bool {
	is := func(role *facts.Role) bool { return role.ARN() != "" && role.ARN() == name }
	return slices.ContainsFunc(c.cameFrom[target], is) ||
		slices.ContainsFunc(c.LeadingTo(target), func(role *facts.Role) bool { return trustsPodsAlone(&role.Trust) && is(role) })
}

// trustsPods reports whether a trust policy may let EKS Pod Identity in.
func trustsPods(trust *facts.Document) bool {
	return slices.ContainsFunc(trust.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && statement.Principal != nil && slices.Contains(statement.Principal.Service, identity.ServicePodIdentity)
	})
}

// trustsPodsAlone reports whether a trust policy lets in no one but EKS Pod Identity. Others
// who can assume the role could go on to the target role too.
func trustsPodsAlone(trust *facts.Document) bool {
	return trust.Unknown == "" && len(trust.Maybe) == 0 && !slices.ContainsFunc(trust.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && (statement.Principal == nil || len(statement.Principal.Service) != 1 ||
			len(statement.Principal.AWS)+len(statement.Principal.Federated)+len(statement.Principal.CanonicalUser) > 0)
	}) && trustsPods(trust)
}
