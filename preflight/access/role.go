package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Role is a role, or an IAM user, and the documents that limit what it may do.
type Role struct {
	// ARN is the role's; "" if it is not known. Account is its account's number, "" if that
	// is not known. User is the user's name, "" of a role.
	ARN, Account, User string
	// Identity are the identity-based policies.
	Identity []*facts.Document
	// Tags are those of every session of it.
	Tags facts.Tags
	// Boundary is the permissions boundary, and Session a session policy; nil: none.
	Boundary, Session *facts.Document
	// Organization are the policies of AWS Organizations that limit the role's account, or
	// may, and those of VPC endpoints that its requests may go through.
	Organization []OrganizationPolicy
}

// OrganizationPolicy is a service control policy, a resource control policy or the policy of a VPC
// endpoint.
type OrganizationPolicy struct {
	*facts.Document
	// Name is the policy's.
	Name string
	// Attached reports that it is attached to the role's account itself. Whether it is to
	// what the account is in, no file says.
	Attached bool
	// Control is the resource control policy; nil: it is not one. Endpoint is that of a VPC endpoint; nil: it is
	// not one.
	Control  *facts.OrganizationPolicy
	Endpoint *facts.EndpointPolicy
}

// Condition keys whose value every request of a role has (IAM user guide, "AWS global
// condition context keys").
const (
	secureTransport  = "aws:SecureTransport"
	principalType    = "aws:PrincipalType"
	principalARN     = "aws:PrincipalArn"
	principalAccount = "aws:PrincipalAccount"
	requestedRegion  = "aws:RequestedRegion"
	viaAWSService    = "aws:ViaAWSService"
	isAWSService     = "aws:PrincipalIsAWSService"
	resourceAccount  = "aws:ResourceAccount"
)

// Request returns the request of a session of the role to ECR: an action on an image repository's
// ARN, or on AnyResource.
func (r Role) Request(action, resource string) policy.Request {
	request := policy.Request{Action: action, Resource: resource, Bounded: r.Boundary != nil, Context: map[string][]string{
		secureTransport: {"true"},
		principalType:   {"AssumedRole"},
		viaAWSService:   {"false"},
		isAWSService:    {"false"},
	}}
	if r.User != "" {
		request.Context[principalType], request.Context[userName] = []string{"User"}, []string{r.User}
	}
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
	request.Open = isOfSession(request.Context)
	addTags(&request, "aws:PrincipalTag/", r.Tags)
	if action == GetAuthorizationToken {
		addResourceTags(&request, facts.Tags{All: true}) // it acts on no resource
	}
	return request
}

// isOfSession are the open keys of a role's session, among them the claims of the token by which it
// was made (IAM user guide, "Cross-service AWS OIDC federation context keys").
func isOfSession(context map[string][]string) func(key string) bool {
	aws := openKeys(context)
	return func(key string) bool {
		return aws(key) && !strings.EqualFold(key, userName) || strings.ContainsAny(key, "./")
	}
}

// InRegion is the request in a region.
func InRegion(request policy.Request, region string) policy.Request {
	request.Context = maps.Clone(request.Context)
	request.Context[requestedRegion] = []string{region}
	open := request.Open
	request.Open = func(key string) bool { return open(key) && !strings.EqualFold(key, requestedRegion) }
	return request
}

// AnyResource is the resource of actions that have no other, such as a login.
const AnyResource = "*"

// openKeys are the keys of AWS's own, such as "aws:SourceIp", for which the context has no
// value: only a request has one. A key of an issuer is not among them.
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
// across accounts both have to. Nothing goes beyond boundary, session policy and the organization's policies, and a
// denial in any of them decides (IAM user guide, "Policy evaluation logic").
func (r Role) May(request policy.Request, repository *facts.Document) Decision {
	own := judge(request, r.Identity)
	theirs := judgement{}
	if repository != nil {
		theirs = judgeOne(request, repository)
	}
	limits := r.limits(request)
	granted := bothEffects(bothEffects(own.allow, limits.allow), theirs.allow)
	if !r.Foreign(request.Resource) {
		byName := r.byName(request, repository)
		granted = bothEffects(either(own.allow, byName), limits.allow)
		granted = either(granted, beyondLimits(byName))
	}
	organization := limitedBy(request, r.Organization)
	return weigh(judgement{
		bothEffects(granted, organization.allow),
		either(either(own.deny, theirs.deny), either(limits.deny, organization.deny)),
	})
}

// always is the effect where nothing limits.
var always = effect{truth: policy.Yes}

// limits returns what boundary and session policy leave and deny.
func (r Role) limits(request policy.Request) judgement {
	left := judgement{allow: always}
	for _, limit := range r.limiting() {
		one := judgeOne(request, limit)
		left = judgement{bothEffects(left.allow, one.allow), either(left.deny, one.deny)}
	}
	return left
}

// limiting are the boundary and the session policy.
func (r Role) limiting() []*facts.Document {
	return slices.DeleteFunc([]*facts.Document{r.Boundary, r.Session}, func(d *facts.Document) bool { return d == nil })
}

// Within returns a decision as policies of the organization, or of VPC endpoints, leave it.
func (d Decision) Within(request policy.Request, limits []OrganizationPolicy) Decision {
	if limited := weigh(limitedBy(request, limits)); limited.Truth < d.Truth {
		return limited
	}
	return d
}

// limitedBy returns what the policies of the organization allow and deny. Beside one that
// does not allow a request there may be another that does, such as AWS's own, which allows
// everything.
func limitedBy(request policy.Request, limits []OrganizationPolicy) judgement {
	all := judgement{allow: always}
	for _, limit := range limits {
		attached, possible := limit.On(request)
		if !possible {
			continue
		}
		one := judgeOne(request, limit.Document)
		if one.allow.truth == policy.No && hasAllow(limit.Document) {
			one.allow = effect{truth: policy.Possibly, open: limit.Place, why: limit.does("does not allow it", "another does")}.dependingOn(limit)
			all.allow = bothEffects(all.allow, one.allow)
		}
		if one.deny.truth == policy.Yes && !attached {
			one.deny = effect{truth: policy.Possibly, open: limit.Document.Statement(one.deny.statement),
				why: limit.does("denies it", "it is attached to the account")}.dependingOn(limit)
		}
		all.deny = either(all.deny, one.deny)
	}
	return all
}

// On reports whether the policy is attached for certain where it limits a request, and whether it may
// limit it at all.
func (p OrganizationPolicy) On(request policy.Request) (attached, possible bool) {
	switch account := request.Context[resourceAccount]; {
	case p.Endpoint != nil:
		return false, p.Endpoint.MayCarry(request.Action, strings.Join(request.Context[requestedRegion], ""))
	case p.Control == nil:
		return p.Attached, true
	case len(account) == 1:
		return p.Control.On(facts.Text{Value: account[0], There: true})
	}
	return p.Control.On(facts.Text{})
}

// does says what the policy does to a request if it counts, which otherwise depends on something.
func (p OrganizationPolicy) does(what, otherwise string) string {
	name := fmt.Sprintf("policy %q of the organization", p.Name)
	if p.Endpoint != nil {
		name, otherwise = fmt.Sprintf("the policy of VPC endpoint %q", p.Name), "the request goes through it"
	}
	return fmt.Sprintf("%s %s, and whether %s is not among the files", name, what, otherwise)
}

// dependingOn is the effect of a policy of the organization that may count or not.
func (e effect) dependingOn(limit OrganizationPolicy) effect {
	e.on = []dependence{{e.why, func() policy.Document { return limit.Policy }}}
	return e
}

func hasAllow(document *facts.Document) bool {
	return slices.ContainsFunc(document.Policy.Statement, func(s policy.Statement) bool { return s.Effect == policy.EffectAllow })
}

// byName returns how far the image repository's policy allows a request of its own account by
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

// beyondLimits is the part of it that an implicit deny of these does not limit: what is allowed to a
// session of the role, or to everyone on the condition of aws:PrincipalArn (IAM user guide, "AWS JSON policy
// elements: Principal").
func beyondLimits(byName effect) effect {
	if byName.document == nil {
		return effect{}
	}
	statement := byName.document.Policy.Statement[byName.statement]
	if statement.Principal == nil {
		return effect{}
	}
	names := statement.Principal.AWS
	ofSession := slices.ContainsFunc(names, func(name string) bool { _, err := identity.ParseRoleSession(name); return err == nil })
	if ofSession || slices.Contains(names, "*") && hasKey(statement.Condition, principalARN) {
		return byName
	}
	return effect{}
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
