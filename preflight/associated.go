package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// checkAssociated finds whose Pods can have a role by EKS Pod Identity: those of the
// associations of the files, and of any other that the trust policy lets in, because an
// association can be made for each ServiceAccount of the account's clusters. A role without
// an association among the files needs no such trust: see checkOtherPrincipals.
func (p *proof) checkAssociated(role *facts.Role, ours []*facts.ServiceAccount) []principals {
	var found []principals
	for _, first := range append(slices.Clone(p.leadsTo[role]), role) {
		own := p.associationsFor[first]
		if len(own) == 0 || !trustsPods(&first.Trust) {
			continue
		}
		for _, a := range own {
			if p.roleAt(last(a), a.Place) == role && mayTakeFor(podRequest(a, takeRole), first) {
				found = append(found, p.associated(a, role, ours))
			}
		}
		found = append(found, p.checkOtherAssociations(first, role, own, ours != nil)...)
	}
	return found
}

// trustsPods reports whether a trust policy may let EKS Pod Identity in.
func trustsPods(d *facts.Document) bool {
	return slices.ContainsFunc(d.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && statement.Principal != nil && slices.Contains(statement.Principal.Service, identity.ServicePodIdentity)
	})
}

// mayTakeFor reports whether a trust policy may let EKS take the role with the request.
func mayTakeFor(request policy.Request, role *facts.Role) bool {
	return access.Decide(request, &role.Trust).Possible()
}

// associated is the ServiceAccount of an association, and reports it if it is none of the
// files'.
func (p *proof) associated(a *facts.PodIdentityAssociation, role *facts.Role, ours []*facts.ServiceAccount) principals {
	who := subject(spell(a.Namespace), spell(a.ServiceAccount))
	found := principals{who: fmt.Sprintf("%s of cluster %s", who, spell(a.Cluster))}
	if slices.ContainsFunc(ours, func(account *facts.ServiceAccount) bool {
		return account.Namespace.Is(a.Namespace.Value) && account.Name.Is(a.ServiceAccount.Value)
	}) {
		found.subject = who
	} else if ours != nil && a.Namespace.Known() && a.ServiceAccount.Known() {
		p.find(namedSubject, a.Place, fmt.Sprintf("an EKS Pod Identity association gives role %q to %q, which is no ServiceAccount of the files", title(role), who),
			"remove the association, or add the ServiceAccount's file")
	}
	return found
}

// checkOtherAssociations finds associations that are not among the files, and that a trust
// policy lets in.
func (p *proof) checkOtherAssociations(first, role *facts.Role, own []*facts.PodIdentityAssociation, judged bool) []principals {
	known := first.Trust
	known.Maybe = nil // see unknownPrincipals
	var found []principals
	for _, group := range access.Principals(&p.budget, &known, first.Account.Value) {
		if !group.Associations || group.Single && slices.ContainsFunc(own, func(a *facts.PodIdentityAssociation) bool { return isGroup(a, group) }) {
			continue
		}
		found = append(found, principalsOf(group, group.Who))
		if judged {
			p.find(otherAssociations, first.Trust.Place, fmt.Sprintf("role %q is open to %s, if an association is made that names it", title(role), group.Who),
				fmt.Sprintf("name cluster, namespace and ServiceAccount by StringEquals on aws:RequestTag/%s, %s and %s", identity.TagClusterARN, identity.TagNamespace, identity.TagServiceAccount))
		}
	}
	return found
}

// isGroup reports whether an association of the files is the one of a group.
func isGroup(a *facts.PodIdentityAssociation, group access.Group) bool {
	return clusterARN(a).Is(group.Cluster) && group.Representative == subject(spell(a.Namespace), spell(a.ServiceAccount))
}
