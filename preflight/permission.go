package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// permissions are the documents that say what a role may do.
type permissions struct {
	identity []*facts.Document
	// boundary is nil if the role has none.
	boundary *facts.Document
	// pushes are the resources of statements that allow putting an image, each once.
	pushes []string
}

func (p *proof) permissionsOf(role *facts.Role) *permissions {
	if known := p.permissions[role]; known != nil {
		return known
	}
	found := &permissions{}
	p.permissions[role] = found
	for i := range role.Inline {
		found.identity = append(found.identity, &role.Inline[i].Document)
	}
	for _, arn := range role.Attached {
		found.identity = append(found.identity, p.managedPolicy(arn))
	}
	for _, attached := range p.attachedByName[role.Name.Value] {
		if !slices.ContainsFunc(role.Attached, func(arn facts.Text) bool { return arn.Is(attached.ARN.Value) }) {
			found.identity = append(found.identity, &attached.Document)
		}
	}
	switch {
	case role.BoundaryDocument.There:
		found.boundary = &role.BoundaryDocument
	case role.Boundary.There:
		found.boundary = p.managedPolicy(role.Boundary)
	}
	if n := len(found.identity); n > maxPolicies {
		found.identity = []*facts.Document{{Place: role.Place, There: true, Unknown: fmt.Sprintf("it has %d policies, more than IAM takes", n)}}
	}
	found.pushes = pushTargets(found.identity)
	return found
}

// namesPush says whether a policy of the role allows pushing to anything.
func (p *proof) namesPush(role *facts.Role) bool {
	return len(p.permissionsOf(role).pushes) > 0
}

// findUnattached names a policy that would allow pushing and that no role has.
func (p *proof) findUnattached() {
	attached := map[string]bool{}
	for _, role := range p.Roles {
		for _, arn := range role.Attached {
			attached[arn.Value] = true
		}
	}
	for i := range p.ManagedPolicies {
		managed := &p.ManagedPolicies[i]
		if !managed.ARN.Known() || attached[managed.ARN.Value] || len(managed.Roles) > 0 {
			continue
		}
		if len(pushTargets([]*facts.Document{&managed.Document})) > 0 {
			p.unattached = fmt.Sprintf(" (policy %q is attached to no role)", spell(managed.Name))
			return
		}
	}
}

// pushTargets are the resources on which statements allow putting an image, each
// once.
func pushTargets(documents []*facts.Document) []string {
	var targets []string
	seen := map[string]bool{}
	for _, document := range documents {
		for _, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow || !speaksOf(statement, putImage) {
				continue
			}
			resources := statement.Resource
			if statement.NotResource != nil {
				resources = policy.Values{"*"}
			}
			for _, resource := range resources {
				if !seen[resource] && !facts.IsUnknown(resource) {
					seen[resource] = true
					targets = append(targets, resource)
				}
			}
		}
	}
	return targets
}

// speaksOf says whether the statement's actions include the action.
func speaksOf(statement policy.Statement, action string) bool {
	only := policy.Statement{Effect: policy.EffectAllow, Action: statement.Action, NotAction: statement.NotAction}
	return policy.Evaluate(policy.Request{Action: action}, one(only)).Outcome == policy.Allowed
}

// may decides whether the role may act on a resource. The image repository is nil
// if the resource is none of the files'. In one account its policy may allow what
// the role's own do not; across accounts both have to, and nothing goes beyond the
// boundary (IAM user guide, "Policy evaluation logic").
func (p *proof) may(role *facts.Role, action, resource string, repository *facts.ImageRepository) decision {
	request := p.requestOf(role, action, resource)
	permissions := p.permissionsOf(role)
	own := decide(request, permissions.identity)
	if own.Outcome == policy.ExplicitDeny {
		return own
	}
	within := func(granted decision) decision {
		if permissions.boundary == nil {
			return granted
		}
		return both(granted, decide(request, []*facts.Document{permissions.boundary}))
	}
	if repository == nil || repository.Policy.Unknown != "" && !foreign(role, resource) {
		return within(own) // most have no policy, and in one account it can only take away
	}
	theirs := decide(request, []*facts.Document{&repository.Policy})
	switch {
	case theirs.Outcome == policy.ExplicitDeny:
		return theirs
	case foreign(role, resource):
		return within(both(own, theirs))
	case !own.allowed() && allowsByName(request, repository.Policy):
		return within(theirs)
	}
	own = within(own)
	if open := openDenial(request, &repository.Policy); own.allowed() && open.why != "" {
		own.Unknown, own.Open = open.why, open.place
	}
	return own
}

// allowsByName says whether the image repository's policy allows a request of its own
// account by itself, and does not leave it to the account's policies.
func allowsByName(request policy.Request, document facts.Document) bool {
	document.Policy = document.Policy.ByName()
	return decide(request, []*facts.Document{&document}).allowed()
}

// both is what two decisions come to if each has to allow.
func both(a, b decision) decision {
	switch {
	case a.allowed() && b.allowed():
		return a
	case b.Outcome == policy.ExplicitDeny, a.allowed():
		return b
	case a.Unknown == "" && b.Unknown != "" && a.Outcome == policy.Allowed:
		return b
	}
	return a
}

// requestOf is what somebody with the role asks of ECR, with the condition keys that
// are known of every such request (IAM user guide, "AWS global condition context
// keys").
func (p *proof) requestOf(role *facts.Role, action, resource string) policy.Request {
	request := policy.Request{Principal: roleSession(role), Action: action, Resource: resource, Context: map[string][]string{
		secureTransport:     {"true"},
		"aws:PrincipalType": {"AssumedRole"},
	}}
	if arns := request.Principal.AWS; len(arns) > 0 {
		request.Context["aws:PrincipalArn"] = arns
		request.Context["aws:PrincipalAccount"] = []string{role.Account.Value}
	}
	if resource == anyResource {
		resource = p.firstPush(role)
	}
	if parts := strings.SplitN(resource, ":", 6); len(parts) == 6 {
		request.Context["aws:RequestedRegion"] = []string{parts[3]}
		request.Context["aws:ResourceAccount"] = []string{parts[4]}
	}
	return request
}

// anyResource is the resource of actions that know none, such as a login. The request
// goes to the region that the role pushes to.
const anyResource = "*"

// firstPush is an image repository that the role's policies name, "" if there is
// none.
func (p *proof) firstPush(role *facts.Role) string {
	if pushes := p.permissionsOf(role).pushes; len(pushes) > 0 {
		return pushes[0]
	}
	return ""
}

// roleSession names who acts with the role, by every name that is known.
func roleSession(role *facts.Role) policy.Principal {
	if !role.Account.Known() || !role.Name.Known() {
		return policy.Principal{}
	}
	return policy.Principal{AWS: policy.Values{roleARN(role)}}
}

// foreign says whether a resource is of another account than the role.
func foreign(role *facts.Role, resource string) bool {
	parts := strings.SplitN(resource, ":", 6)
	return len(parts) == 6 && role.Account.Known() && parts[4] != role.Account.Value
}
