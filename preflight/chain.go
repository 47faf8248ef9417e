package preflight

import (
	"fmt"

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
	role *facts.Role
	// issuers are those from which the token is trusted; none: the chain breaks
	// here.
	issuers []federated
	links   []Link
}

// identitiesOf follows a ServiceAccount to its role, once.
func (p *proof) identitiesOf(account *facts.ServiceAccount) *identities {
	if known, ok := p.identities[account]; ok {
		return known
	}
	if !account.Namespace.There {
		p.find(noNamespace, account.Place,
			fmt.Sprintf("ServiceAccount %q has no namespace, so kubectl puts it into that of the moment, and whom its token speaks for is not known", spell(account.Name)),
			"set metadata.namespace to the one that the trust policy names")
	}
	found := &identities{role: p.roleOf(account)}
	p.identities[account] = found
	who := "ServiceAccount " + name(account.Namespace, account.Name)
	if found.role == nil {
		found.links = []Link{{Name: LinkRole, State: Broken, Text: "it names no role of the files", Place: account.Place, From: who, To: "role"}}
		return found
	}
	found.links = append(found.links, Link{LinkRole, Proved, fmt.Sprintf("its annotation is the ARN of role %q", spell(found.role.Name)), annotationOf(account.Annotations, annotationRoleARN).Place, who, "role " + spell(found.role.Name)})
	issuers, links := p.trusted(account, found.role)
	found.issuers = issuers
	found.links = append(found.links, links...)
	return found
}
