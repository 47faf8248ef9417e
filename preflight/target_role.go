package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
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
	ask := assumption{who: fmt.Sprintf("role %q", title(role)), role: target, tagged: !a.DisableSessionTags.Is("true"), decide: func(action string) (policy.Request, access.Decision) {
		request := p.targetRequest(a, role, target, action)
		return request, p.mayTake(request, role, target)
	}}
	link.State, link.Text = p.assume(ask, Related{a.Place, "the association"})
	return target, link
}

// targetRequest is what EKS asks of STS with the association's role.
func (p *proof) targetRequest(a *facts.PodIdentityAssociation, role, target *facts.Role, action string) policy.Request {
	request := p.permissionsOf(role).Request(action, arnOf(target, a.TargetRole))
	for _, prefix := range []string{"aws:RequestTag/", "aws:PrincipalTag/"} {
		for key, values := range tagsOf(a, prefix) {
			if values != nil || prefix == "aws:RequestTag/" {
				request.Context[key] = values
			}
		}
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
	return access.AnyResource
}

// mayTake decides whether a role may take another. In one account a trust policy that names
// the role is enough; otherwise the role's own policies have to allow it too, and across
// accounts both always have to (IAM user guide, "Policy evaluation logic").
func (p *proof) mayTake(request policy.Request, role, target *facts.Role) access.Decision {
	theirs := access.Decide(request, &target.Trust)
	if !theirs.Possible() {
		return theirs
	}
	if own := p.permissionsOf(role).May(request, &target.Trust); own.Truth <= theirs.Truth {
		return own
	}
	return theirs
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
// and a condition of the statement names the role.
func (p *proof) goesOn(target *facts.Role, name string, statement policy.Statement) bool {
	return slices.ContainsFunc(p.leadsTo[target], func(role *facts.Role) bool {
		if !role.Account.Known() || !role.Name.Known() || !trustsPodsAlone(&role.Trust) {
			return false
		}
		account := identity.AccountID(role.Account.Value).RootARN(partitionOf(role))
		return name == roleARN(role) || (name == account || name == role.Account.Value) && names(role, statement)
	})
}

// trustsPodsAlone reports whether a trust policy lets in no one but EKS Pod Identity. Others
// who can take the role could go on to the target role too.
func trustsPodsAlone(d *facts.Document) bool {
	return d.Unknown == "" && len(d.Maybe) == 0 && !slices.ContainsFunc(d.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && (statement.Principal == nil || len(statement.Principal.Service) != 1 ||
			len(statement.Principal.AWS)+len(statement.Principal.Federated)+len(statement.Principal.CanonicalUser) > 0)
	}) && trustsPods(d)
}

// names reports whether a condition of a statement holds for the role alone.
func names(role *facts.Role, statement policy.Statement) bool {
	for _, operator := range []string{policy.StringEquals, "ArnEquals", "ArnLike"} {
		for key, values := range statement.Condition[operator] {
			if strings.EqualFold(key, "aws:PrincipalArn") && len(values) == 1 && values[0] == roleARN(role) {
				return true
			}
		}
	}
	return false
}
