package chain

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Held is a role, and who can assume it.
type Held struct {
	Role *facts.Role
	// Holders are the ServiceAccounts of the files that have it.
	Holders    []*facts.ServiceAccount
	Principals []Principal
	// Session is the session policy in which the principals have it; nil: none, or see BySession.
	Session *facts.Document
	// Providers are the providers that its trust policy names, and Admitted those from which a
	// holder is let in.
	Providers, Admitted []index.Federated
	// CameFrom are the roles from which jobs of the holders go on to it; none: they have it.
	CameFrom []*facts.Role
	// AnyAudience are the providers whose tokens for any audience let a holder in.
	AnyAudience []index.Federated
}

// Idle is a role that no runner has, and why it is not known whether it may push.
type Idle struct {
	Role *facts.Role
	Why  string
}

// Principal is someone who can assume a role, or may, or a class of them.
type Principal struct {
	Kind PrincipalKind
	// Who is the principal, or describes the class, of which SuchAs is one; "" if there is one.
	Who, SuchAs string
	// Subject is the subject of a ServiceAccount of the files with the role; "" for anyone else.
	Subject string
	// Possibly says why it is not certain, "" if it is.
	Possibly string
	// Group is the class; Provider is whose token it shows, Association whose Pods they are, and
	// First the role that EKS assumes first for it.
	Group       access.Group
	Provider    index.Federated
	Association *facts.PodIdentityAssociation
	First       *facts.Role
	// Through is the role from which a job goes on to this one, and that it can take; nil: it
	// needs no other.
	Through *facts.Role
}

// PrincipalKind is by what someone can assume a role.
type PrincipalKind int

const (
	// ByUnknown is by a part of the trust policy that is not known.
	ByUnknown PrincipalKind = iota
	// ByToken is by a token of an OIDC provider.
	ByToken
	// ByAssociation is by an association of the files, ByOtherAssociation by one to come.
	ByAssociation
	ByOtherAssociation
	// ByName is as an account, a role, a user or a service, or as everyone.
	ByName
)

func principalOf(kind PrincipalKind, group access.Group, who string) Principal {
	found := Principal{Kind: kind, Who: who, Possibly: group.Why, Group: group}
	if !group.Single {
		found.SuchAs = group.Representative
	}
	return found
}

// held finds who can assume a role. Those from which it was come to are not come to again.
func (c *Chains) held(role *facts.Role, back ...*facts.Role) *Held {
	h := &Held{Role: role, Holders: c.holders[role], CameFrom: c.cameFrom[role], Providers: index.ProvidersIn(&role.Trust)}
	for _, sa := range h.Holders {
		if known := c.identities[sa]; known != nil && h.CameFrom == nil && len(known[0].Issuers) > len(h.Admitted) {
			h.Admitted = known[0].Issuers
		}
	}
	h.Principals = unknownPrincipals(&role.Trust)
	for _, provider := range h.Providers {
		c.addSubjects(h, provider)
	}
	c.addAssociated(h)
	c.addNamed(h)
	for _, from := range h.CameFrom {
		if !slices.Contains(back, from) {
			for _, one := range c.held(from, append(back, role)...).Principals {
				one.Through = from
				h.Principals = append(h.Principals, one)
			}
		}
	}
	return h
}

// BySession splits the principals by the session policies of their associations.
func (h *Held) BySession() []*Held {
	rest := *h
	rest.Principals = nil
	parts := []*Held{&rest}
	for _, one := range h.Principals {
		if one.Association == nil || one.Through != nil || ofAssociation(one.Association).Policies == nil {
			rest.Principals = append(rest.Principals, one)
			continue
		}
		part := *h
		part.Session, part.Principals = &one.Association.SessionPolicy, []Principal{one}
		parts = append(parts, &part)
	}
	return parts
}

// unknownPrincipals stand for those that the part of a trust policy lets in that is not known.
func unknownPrincipals(trust *facts.Document) []Principal {
	if trust.Unknown != "" {
		return []Principal{{Who: "not known: " + trust.Unknown, Possibly: trust.Unknown}}
	}
	var found []Principal
	for _, n := range slices.Sorted(maps.Keys(trust.Maybe)) {
		if why := trust.Maybe[n].Why; trust.Policy.Statement[n].Effect == policy.EffectAllow {
			found = append(found, Principal{Who: "not known: " + why, Possibly: why})
		}
	}
	return found
}

// certain is the part of a trust policy that is known: see unknownPrincipals.
func certain(trust facts.Document) *facts.Document {
	trust.Maybe = nil
	return &trust
}

// Expected are the subjects of the ServiceAccounts of the files that have the role.
func (h *Held) Expected() map[string]bool {
	expected := map[string]bool{}
	for _, sa := range h.Holders {
		if sa.Namespace.Known() && sa.Name.Known() {
			expected[subjectOf(sa)] = true
		}
	}
	return expected
}

// addSubjects finds the subjects of an issuer that can assume a role.
func (c *Chains) addSubjects(h *Held, provider index.Federated) {
	trust, issuer, expected := certain(*c.trustOf(h.Role)), c.issuerOf(h.Role, provider), h.Expected()
	ours := slices.Sorted(maps.Keys(expected))
	for _, group := range access.Subjects(&c.budget, trust, issuer, ours...) {
		found := principalOf(ByToken, group, group.Who+" of "+provider.Host)
		found.Provider = provider
		if group.Single && expected[group.Representative] && !isNoClusters(provider.Host) {
			found.Subject = group.Representative
		}
		h.Principals = append(h.Principals, found)
	}
	if !isNoClusters(provider.Host) && slices.ContainsFunc(ours, func(subject string) bool { return access.AnyAudience(&c.budget, trust, issuer, subject) }) {
		h.AnyAudience = append(h.AnyAudience, provider)
	}
}

// TrustsIn returns the decisions of the role's trust policy, as far as it is known, on tokens of the issuer
// with the host: once for each account's provider that it names.
func (c *Chains) TrustsIn(h *Held, host string) []access.Trust {
	var found []access.Trust
	for _, provider := range h.Providers {
		if provider.Host == host {
			found = append(found, access.Trust{Document: certain(h.Role.Trust), Issuer: c.issuerOf(h.Role, provider)})
		}
	}
	return found
}

// Certain is the part of the trust policy that is known of the role that EKS or the principal
// assumes first.
func (p Principal) Certain(h *Held) *facts.Document { return certain(p.FirstRole(h).Trust) }

// FirstRole is the role that the principal assumes, to come to the held one.
func (p Principal) FirstRole(h *Held) *facts.Role {
	if p.First != nil {
		return p.First
	}
	return h.Role
}

// issuerOf is the issuer of a provider that a role trusts, with the client ids of the
// account's provider, if they are known.
func (c *Chains) issuerOf(role *facts.Role, provider index.Federated) access.Issuer {
	issuer := access.Issuer{Provider: provider.ARN, Host: provider.Host, Cluster: strings.HasPrefix(provider.Host, EKSIssuerHost) || c.IsClusters(provider.Host)}
	for _, known := range c.ProvidersOf(provider.Host) {
		if role.Account.Known() && known.Account.Contradicts(role.Account.Value) || !known.ClientIDsKnown {
			continue
		}
		ids := []string{}
		for _, id := range known.ClientIDs {
			if id.Unknown != "" {
				return issuer
			}
			ids = append(ids, id.Value)
		}
		issuer.Audiences = ids
	}
	return issuer
}

// EKSIssuerHost begins the issuers of EKS clusters.
const EKSIssuerHost = "oidc.eks."

// addAssociated finds whose Pods can have a role by EKS Pod Identity: those of the associations
// of the files, and of any other that the trust policy lets in, because an association can be
// made for each ServiceAccount of the account's clusters. A role without an association among
// the files needs no such trust: see addNamed.
func (c *Chains) addAssociated(h *Held) {
	for _, first := range append(slices.Clone(c.LeadingTo(h.Role)), h.Role) {
		own := c.AssociationsFor(first)
		if len(own) == 0 || !trustsPods(&first.Trust) {
			continue
		}
		for _, a := range own {
			if c.Referenced(index.LastRole(a), a.Place) == h.Role && access.Decide(access.PodRequest(a, access.AssumeRole), c.trustOf(first)).Possible() {
				h.Principals = append(h.Principals, associatedWith(h, a))
			}
		}
		for _, group := range access.Principals(&c.budget, certain(*c.trustOf(first)), first.Account.Value) {
			if !group.Associations || group.Single && slices.ContainsFunc(own, func(a *facts.PodIdentityAssociation) bool {
				arn := a.ClusterARN()
				same := arn.Is(group.Cluster) || !arn.Known() && strings.HasSuffix(group.Cluster, ":cluster/"+a.Cluster.Value)
				return same && group.Representative == subjectFor(a)
			}) {
				continue
			}
			found := principalOf(ByOtherAssociation, group, group.Who)
			found.First = first
			h.Principals = append(h.Principals, found)
		}
	}
}

func subjectFor(a *facts.PodIdentityAssociation) string {
	return fmt.Sprintf("system:serviceaccount:%s:%s", a.Namespace, a.ServiceAccount)
}

// associatedWith is the ServiceAccount of an association.
func associatedWith(h *Held, a *facts.PodIdentityAssociation) Principal {
	cluster := "a cluster that is not known"
	if a.Cluster.Known() {
		cluster = "cluster " + a.Cluster.Value
	}
	found := Principal{Kind: ByAssociation, Who: subjectFor(a) + " of " + cluster, Association: a}
	if slices.ContainsFunc(h.Holders, func(sa *facts.ServiceAccount) bool {
		return sa.Namespace.Is(a.Namespace.Value) && sa.Name.Is(a.ServiceAccount.Value)
	}) {
		found.Subject = subjectFor(a)
	}
	return found
}

// addNamed finds those that need no token of a cluster, and no association that the files have.
// That the role may assume itself lets no one in.
func (c *Chains) addNamed(h *Held) {
	trust := certain(*c.trustOf(h.Role))
	for _, group := range access.Principals(&c.budget, trust, h.Role.Account.Value) {
		if group.Single && group.Representative == h.Role.ARN() {
			continue
		}
		if group.Associations && len(c.AssociationsFor(h.Role)) > 0 || c.goesOn(h.Role, group.Representative) {
			continue
		}
		h.Principals = append(h.Principals, principalOf(ByName, group, group.Who))
	}
}
