package access

import (
	"maps"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Role is a role and the documents that limit what it may do.
type Role struct {
	// ARN is the role's; "" if it is not known. Account is its account's number, "" if that
	// is not known.
	ARN, Account string
	// Identity are the identity-based policies.
	Identity []*facts.Document
	// Boundary is the permissions boundary and Session the session policy; nil: none.
	Boundary, Session *facts.Document
	// Organization are the service control policies of the role's account. Each has to
	// allow what the role does; none: AWS's own, which allows everything.
	Organization []*facts.Document
}

// Condition keys whose value every request of a role has (IAM user guide, "AWS global
// condition context keys").
const (
	secureTransport  = "aws:SecureTransport"
	principalType    = "aws:PrincipalType"
	principalARN     = "aws:PrincipalArn"
	principalAccount = "aws:PrincipalAccount"
	requestedRegion  = "aws:RequestedRegion"
	resourceAccount  = "aws:ResourceAccount"
)

// Request is what a session of the role asks of ECR: an action on an image repository's
// ARN, or on AnyResource.
func (r Role) Request(action, resource string) policy.Request {
	request := policy.Request{Action: action, Resource: resource, Bounded: r.Boundary != nil, Context: map[string][]string{
		secureTransport: {"true"},
		principalType:   {"AssumedRole"},
	}}
	if r.ARN != "" {
		request.Principal.AWS = policy.Values{r.ARN}
		request.Context[principalARN] = []string{r.ARN}
		request.Context[principalAccount] = []string{r.Account}
	}
	if parts := strings.SplitN(resource, ":", 6); len(parts) == 6 {
		request.Context[requestedRegion] = []string{parts[3]}
		request.Context[resourceAccount] = []string{parts[4]}
	} else if r.Account != "" {
		request.Context[resourceAccount] = []string{r.Account}
	}
	request.Open = ofSession(request.Context)
	return request
}

// ofSession are the open keys of a role's session.
func ofSession(context map[string][]string) func(key string) bool {
	aws := openKeys(context)
	return func(key string) bool { return aws(key) && !strings.EqualFold(key, userName) }
}

// InRegion is the request in a region.
func InRegion(request policy.Request, region string) policy.Request {
	request.Context = maps.Clone(request.Context)
	request.Context[requestedRegion] = []string{region}
	request.Open = ofSession(request.Context)
	return request
}

// AnyResource is the resource of actions that have no other, such as a login.
const AnyResource = "*"

// openKeys are the keys of AWS's own, such as "aws:SourceIp", for which the context has no
// value: only a request has one. A key of an issuer is none of them.
func openKeys(context map[string][]string) func(key string) bool {
	return func(key string) bool {
		service, name, found := strings.Cut(key, ":")
		if !found || strings.ContainsAny(service, "./") || strings.HasPrefix(name, "//") {
			return false
		}
		for known := range context {
			if strings.EqualFold(known, key) {
				return false
			}
		}
		return true
	}
}

// May decides whether the role may act on an image repository with the given policy of its
// own; nil: it has none. In one account that policy may allow what the role's own do not;
// across accounts both have to. Nothing goes beyond boundary, session policy and service
// control policies, and a denial in any of them decides (IAM user guide, "Policy evaluation
// logic").
func (r Role) May(request policy.Request, repository *facts.Document) Decision {
	own := judge(request, r.Identity)
	theirs := judgement{}
	if repository != nil && repository.Unknown != "" && !r.Foreign(request.Resource) {
		repository = nil // most have no policy, and in one account it can only take away
	}
	if repository != nil {
		theirs = judgeOne(request, repository)
	}
	limits := r.limits(request)
	granted := both(both(own.allow, limits.allow), theirs.allow)
	if !r.Foreign(request.Resource) {
		byName := r.byName(request, repository)
		granted = both(either(own.allow, byName), limits.allow)
		granted = either(granted, r.beyondLimits(request, byName))
	}
	return weigh(judgement{both(granted, r.allowsOrganization(request)), either(either(own.deny, theirs.deny), limits.deny)}).decision()
}

// always is the effect where nothing limits.
var always = effect{truth: policy.Yes}

// limits are what the boundary and the session policy leave, and what they and the service
// control policies deny.
func (r Role) limits(request policy.Request) judgement {
	all := judgement{allow: always}
	for _, limit := range []*facts.Document{r.Boundary, r.Session} {
		if limit != nil {
			one := judgeOne(request, limit)
			all = judgement{both(all.allow, one.allow), either(all.deny, one.deny)}
		}
	}
	all.deny = either(all.deny, judge(request, r.Organization).deny)
	return all
}

func (r Role) allowsOrganization(request policy.Request) effect {
	all := always
	for _, document := range r.Organization {
		all = both(all, judgeOne(request, document).allow)
	}
	return all
}

// byName is how far the image repository's policy allows a request of its own account by
// itself, and does not leave it to the account's policies.
func (r Role) byName(request policy.Request, repository *facts.Document) effect {
	if repository == nil {
		return effect{}
	}
	named := *repository
	named.Policy = named.Policy.ByName()
	named.Maybe = map[int]facts.Maybe{}
	for i, maybe := range repository.Maybe {
		maybe.AtMost = policy.Document{Statement: []policy.Statement{maybe.AtMost}}.ByName().Statement[0]
		named.Maybe[i] = maybe
	}
	return judgeOne(request, &named).allow
}

// beyondLimits is the part of it that an implicit deny of a boundary or a session policy
// does not limit: what is allowed to everyone, on the condition of aws:PrincipalArn (IAM
// user guide, "AWS JSON policy elements: Principal").
func (r Role) beyondLimits(request policy.Request, byName effect) effect {
	if byName.document == nil {
		return effect{}
	}
	statement := byName.document.Policy.Statement[byName.statement]
	if statement.Principal == nil || !slices.Contains(statement.Principal.AWS, "*") || !hasKey(statement.Condition, principalARN) {
		return effect{}
	}
	return byName
}

func hasKey(condition policy.Condition, key string) bool {
	for _, keys := range condition {
		for has := range keys {
			if strings.EqualFold(has, key) {
				return true
			}
		}
	}
	return false
}

// Foreign reports whether a resource is of another account than the role.
func (r Role) Foreign(resource string) bool {
	parts := strings.SplitN(resource, ":", 6)
	return len(parts) == 6 && r.Account != "" && parts[4] != r.Account
}
