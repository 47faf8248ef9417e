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
	LinkAgent          = "Pod → EKS Pod Identity agent"
	LinkTrust          = "token → trust policy"
	LinkTarget         = "role → target role"
	LinkPush           = "role → image repository"
)

// identities is what a ServiceAccount's Pods are to AWS.
type identities struct {
	// by is how they come to a role, and role the one of the files that they have in the end;
	// nil: there is none.
	by   way
	role *facts.Role
	// issuers are those from which a token is trusted; none: the chain breaks here, or needs
	// none.
	issuers []federated
	// regions are those of the clusters that they may be in.
	regions []facts.Text
	links   []Link
}

// way is how the Pods of a ServiceAccount come to a role: IRSA or EKS Pod Identity.
type way interface {
	// roleARN is the ARN of the role that they have in the end.
	roleARN() facts.Text
	// is reports whether another way asks the same of AWS.
	is(other way) bool
	// follow goes from the ServiceAccount to the role, and adds what it finds.
	follow(p *proof, account *facts.ServiceAccount, found *identities)
}

// identitiesOf follows a ServiceAccount to the role that its Pods come to. It does so once
// for all that come to it alike.
func (p *proof) identitiesOf(account *facts.ServiceAccount, by way) *identities {
	known := p.identities[account]
	if known != nil && known.by.is(by) {
		return known
	}
	if !account.Namespace.There {
		p.find(noNamespace, account.Place,
			fmt.Sprintf("ServiceAccount %q has no namespace, so kubectl puts it into that of the moment, and whom its token speaks for is not known", spell(account.Name)),
			"set metadata.namespace to the one that the trust policy names")
	}
	found := &identities{by: by}
	if known == nil {
		p.identities[account] = found
	}
	by.follow(p, account, found)
	return found
}
