package verdict

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
)

// OfSession decides whether a session may do what it asks, on an image repository or,
// if that is nil, on a resource without a policy (IAM user guide, "Policy
// evaluation logic"). An explicit deny in any policy decides. In one account, role or
// image repository may allow; across accounts both have to. Nothing goes beyond the
// boundary and the session's own policy but what a resource grants to everyone on the
// condition of aws:PrincipalArn. (What it grants to a session by the session's own ARN
// would, too, but the name of a runner's session is not known beforehand.)
func OfSession(request policy.Request, who session.Session, account deployed.Account, repository *deployed.ImageRepository) Verdict {
	role := account.Role(who.Role.String())
	if role == nil {
		return Verdict{Kind: Identity}
	}
	request.Bounded = role.Boundary != nil
	own := decide(request, Identity, role.Policies...)
	limits := limits(request, role, who)
	theirs := ofRepository(request, repository)
	for _, v := range append([]Verdict{own, theirs}, limits...) {
		if v.Decision.Outcome == policy.ExplicitDeny {
			return v
		}
	}
	granted := own
	switch foreign := isForeign(request.Resource, account.ID); {
	case foreign && own.Allowed:
		granted = theirs
	case !foreign && !own.Allowed && repository != nil && byName(request, repository.Policy):
		if granted = theirs; toEveryoneByARN(repository.Policy.Statement[theirs.Decision.Statement]) {
			return granted
		}
	}
	return within(limits, granted)
}

// toEveryoneByARN reports whether a statement is for everyone, on the condition of
// aws:PrincipalArn: what it allows is not limited by what a boundary or a session policy
// does not allow (IAM user guide, "AWS JSON policy elements: Principal", "IAM role
// principals").
func toEveryoneByARN(statement policy.Statement) bool {
	if statement.Principal == nil || !slices.Contains(statement.Principal.AWS, "*") {
		return false
	}
	for _, keys := range statement.Condition {
		for key := range keys {
			if strings.EqualFold(key, "aws:PrincipalArn") {
				return true
			}
		}
	}
	return false
}

// within returns what was granted, or the limit that it goes beyond.
func within(limits []Verdict, granted Verdict) Verdict {
	for _, limit := range limits {
		if granted.Allowed && !limit.Allowed {
			return limit
		}
	}
	return granted
}

// limits returns the decisions of a boundary and of the session policy, if there are any.
func limits(request policy.Request, role *deployed.Role, who session.Session) []Verdict {
	var limits []Verdict
	if role.Boundary != nil {
		limits = append(limits, decide(request, Boundary, *role.Boundary))
	}
	if who.Policy != nil {
		limits = append(limits, decide(request, SessionPolicy, deployed.Policy{Document: *who.Policy}))
	}
	return limits
}

func decide(request policy.Request, kind Kind, policies ...deployed.Policy) Verdict {
	documents := make([]policy.Document, len(policies))
	for i := range policies {
		documents[i] = policies[i].Document
	}
	decision := policy.Evaluate(request, documents...)
	v := Verdict{Allowed: decision.Outcome == policy.Allowed, Kind: kind, Decision: decision}
	if decision.Outcome != policy.ImplicitDeny {
		v.Policy = policies[decision.Document].Name
	}
	return v
}

// ofRepository asks the image repository's own policy.
func ofRepository(request policy.Request, repository *deployed.ImageRepository) Verdict {
	if repository == nil || repository.Policy == nil {
		return Verdict{Kind: Resource}
	}
	return decide(request, Resource, deployed.Policy{Document: *repository.Policy})
}

// byName reports whether a resource's policy allows the request without the help of the
// account's own policies.
func byName(request policy.Request, document *policy.Document) bool {
	return document != nil && policy.Evaluate(request, document.ByName()).Outcome == policy.Allowed
}

// isForeign reports whether a resource is of another account.
func isForeign(resource string, account identity.AccountID) bool {
	repository, err := identity.ParseImageRepositoryARN(resource)
	return err == nil && repository.Registry.Account != account
}
