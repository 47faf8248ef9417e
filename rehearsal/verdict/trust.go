package verdict

import (
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
)

// OfTrust decides by a role's trust policy alone whether a principal without a session
// may take it.
func OfTrust(request policy.Request, role *deployed.Role) Verdict {
	return decide(request, RoleTrust, deployed.Policy{Document: role.Trust})
}

// OfAssume decides whether a session may take a second role, which is nil if it does
// not exist. Its trust policy always has to allow that. If it does so by naming the
// account, or across accounts, the first role's policies have to allow it too. If not,
// they limit it all the same.
func OfAssume(request policy.Request, who session.Session, account deployed.Account, second *deployed.Role) Verdict {
	if second == nil {
		return Refused("no such role")
	}
	own := OfSession(request, who, account, nil)
	trust := OfTrust(request, second)
	arn, err := identity.ParseRoleARN(second.ARN)
	sufficient := err == nil && arn.Account == account.ID && byName(request, &second.Trust)
	first := account.Role(who.Role.String())
	if first == nil || own.Decision.Outcome == policy.ExplicitDeny || trust.Allowed && !sufficient {
		return own
	}
	return within(limits(request, first, who), trust)
}
