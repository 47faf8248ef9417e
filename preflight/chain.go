package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// Names of the links of a chain, in order.
const (
	LinkJob            = "job → runner"
	LinkServiceAccount = "Pod → ServiceAccount"
	LinkRole           = "ServiceAccount → role ARN"
	LinkProvider       = "token → provider"
	LinkTrust          = "token → trust policy"
	LinkPush           = "role → image repository"
)

// identities is what a ServiceAccount's Pods are to AWS.
type identities struct {
	// as is what they ask with, and role the one of the files that they ask for; nil:
	// there is none.
	as   webIdentity
	role *facts.Role
	// issuers are those from which the token is trusted; none: the chain breaks
	// here.
	issuers []federated
	links   []Link
}

// identitiesOf follows a ServiceAccount to the role that its Pods ask for. They do so once
// for all that ask for the same.
func (p *proof) identitiesOf(account *facts.ServiceAccount, as webIdentity) *identities {
	known := p.identities[account]
	if known != nil && known.as.is(as) {
		return known
	}
	if !account.Namespace.There {
		p.find(noNamespace, account.Place,
			fmt.Sprintf("ServiceAccount %q has no namespace, so kubectl puts it into that of the moment, and whom its token speaks for is not known", spell(account.Name)),
			"set metadata.namespace to the one that the trust policy names")
	}
	found := &identities{as: as, role: p.roleOf(as.role)}
	if known == nil {
		p.identities[account] = found
	}
	who := "ServiceAccount " + name(account.Namespace, account.Name)
	if found.role == nil {
		found.links = []Link{{Name: LinkRole, State: Broken, Text: "it names no role of the files", Place: account.Place, From: who, To: "role"}}
		return found
	}
	if ours := p.takers[found.role]; !slices.Contains(ours, account) {
		p.takers[found.role] = append(ours, account)
	}
	text, at := fmt.Sprintf("AWS_ROLE_ARN of its Pods is the ARN of role %q", spell(found.role.Name)), as.role.Place
	if annotation := annotationOf(account.Annotations, annotationRoleARN); annotation != nil && annotation.Value == as.role {
		text, at = fmt.Sprintf("its annotation is the ARN of role %q", spell(found.role.Name)), annotation.Place
	}
	found.links = append(found.links, Link{LinkRole, Proved, text, at, who, "role " + spell(found.role.Name)})
	issuers, links := p.trusted(account, as.audience, found.role)
	found.issuers = issuers
	found.links = append(found.links, links...)
	return found
}
