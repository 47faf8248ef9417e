package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// targetLink follows an association from its role to the target role, which may be in
// another account (Amazon EKS user guide, "Access AWS Resources using EKS Pod Identity Target
// IAM Roles"). The target is nil if it is not among the files.
func (p *proof) targetLink(account *facts.ServiceAccount, a *facts.PodIdentityAssociation, role *facts.Role) (*facts.Role, Link) {
	link := Link{Name: LinkTarget, State: Broken, Text: "the association's target role is not among the files", Place: a.Place, From: "role " + title(role), To: "role"}
	target := p.referenced(a.TargetRole, a.Place)
	if target == nil {
		if a.TargetRole.ARN.Unknown != "" {
			link.State, link.Text = Unknown, "the association's target role is not known: "+a.TargetRole.ARN.Unknown
		}
		return nil, link
	}
	p.take(target, account)
	link.Place, link.To = target.Trust.Place, "role "+title(target)
	ask := assumption{who: fmt.Sprintf("role %q", title(role)), role: target, tagged: !a.DisableSessionTags.Is("true"), decide: func(action string) (policy.Request, decision) {
		request := p.targetRequest(a, role, target, action)
		return request, p.mayTake(request, role, target)
	}}
	link.State, link.Text = p.assume(ask, Related{a.Place, "the association"})
	return target, link
}

// targetRequest is what EKS asks of STS with the association's role.
func (p *proof) targetRequest(a *facts.PodIdentityAssociation, role, target *facts.Role, action string) policy.Request {
	request := policy.Request{Principal: roleSession(role), Action: action, Resource: arnOf(target, a.TargetRole), Context: tagsOf(a, "aws:RequestTag/")}
	for key, values := range tagsOf(a, "aws:PrincipalTag/") {
		if values != nil {
			request.Context[key] = values
		}
	}
	request.Context[secureTransport] = []string{"true"}
	request.Context["aws:PrincipalType"] = []string{"AssumedRole"}
	if arns := request.Principal.AWS; len(arns) > 0 {
		request.Context["aws:PrincipalArn"] = arns
		request.Context["aws:PrincipalAccount"] = []string{role.Account.Value}
	}
	if id := externalID(a); id != "" {
		request.Context["sts:ExternalId"] = []string{id}
	}
	return request
}

// externalID is what EKS shows a target role where session tags are disabled; "" if it shows
// none, or the files do not determine it.
func externalID(a *facts.PodIdentityAssociation) string {
	for _, part := range []facts.Text{a.Region, a.Account, a.Cluster, a.Namespace, a.ServiceAccount} {
		if !part.Known() {
			return ""
		}
	}
	if !a.DisableSessionTags.Is("true") {
		return ""
	}
	return fmt.Sprintf("%s/%s/%s/%s/%s", a.Region.Value, a.Account.Value, a.Cluster.Value, a.Namespace.Value, a.ServiceAccount.Value)
}

func arnOf(role *facts.Role, reference facts.RoleReference) string {
	if reference.ARN.Known() {
		return reference.ARN.Value
	}
	if role.Account.Known() && role.Name.Known() {
		return roleARN(role)
	}
	return anyResource
}

// mayTake decides whether a role may take another. In one account a trust policy that names
// the role is enough; otherwise the role's own policies have to allow it too, and across
// accounts both always have to (IAM user guide, "Policy evaluation logic").
func (p *proof) mayTake(request policy.Request, role, target *facts.Role) decision {
	theirs := decide(request, []*facts.Document{&target.Trust})
	if !theirs.possible() {
		return theirs
	}
	permissions := p.permissionsOf(role)
	own := decide(request, permissions.identity)
	if own.Outcome == policy.ImplicitDeny && own.Unknown == "" && isOneAccount(role, target) && allowsByName(request, target.Trust) {
		own = theirs
	}
	if permissions.boundary != nil {
		own = both(own, decide(request, []*facts.Document{permissions.boundary}))
	}
	return both(own, theirs)
}

func isOneAccount(a, b *facts.Role) bool {
	return a.Account.Known() && b.Account.Known() && a.Account.Value == b.Account.Value
}

// takesTarget reports whether a statement lets a role do nothing with the action but what its
// associations need to go on to their target roles.
func (p *proof) takesTarget(role *facts.Role, action string, statement policy.Statement) bool {
	if action != takeRole && action != tagSession || len(statement.Resource) == 0 {
		return false
	}
	return !slices.ContainsFunc(statement.Resource, func(resource string) bool { return !slices.Contains(p.targets[role], resource) })
}

// indexAssociations finds the associations of each role, and the target roles that they go on
// to.
func (p *proof) indexAssociations() {
	for i := range p.PodIdentityAssociations {
		a := &p.PodIdentityAssociations[i]
		role, target := p.roleAt(a.Role, a.Place), p.roleAt(a.TargetRole, a.Place)
		if role != nil {
			p.associationsFor[role] = append(p.associationsFor[role], a)
		}
		if role != nil && target != nil && !slices.Contains(p.leadsTo[target], role) {
			p.targets[role] = append(p.targets[role], arnOf(target, a.TargetRole))
			p.leadsTo[target] = append(p.leadsTo[target], role)
		}
	}
}

// goesOn reports whether a name in a statement of a target role's trust policy stands for
// nothing but a role whose associations go on to it: it is that role's, or that of its account,
// and the statement lets in no other role of the account.
func (p *proof) goesOn(target *facts.Role, name string, statement policy.Statement) bool {
	return slices.ContainsFunc(p.leadsTo[target], func(role *facts.Role) bool {
		if !role.Account.Known() || !role.Name.Known() {
			return false
		}
		account := fmt.Sprintf("arn:%s:iam::%s:root", partitionOf(role), role.Account.Value)
		return name == roleARN(role) || (name == account || name == role.Account.Value) && !letsInStranger(role, statement)
	})
}

// letsInStranger reports whether a statement may let in another role of the role's account.
func letsInStranger(role *facts.Role, statement policy.Statement) bool {
	other := identity.RoleARN{Partition: partitionOf(role), Account: identity.AccountID(role.Account.Value), Path: "/", Name: stranger}.String()
	request := policy.Request{
		Principal: policy.Principal{AWS: policy.Values{other}},
		Action:    takeRole,
		Resource:  anyResource,
		Context: map[string][]string{
			secureTransport: {"true"}, "aws:PrincipalType": {"AssumedRole"},
			"aws:PrincipalArn": {other}, "aws:PrincipalAccount": {role.Account.Value},
		},
	}
	return decide(request, []*facts.Document{{There: true, Policy: one(statement)}}).possible()
}
