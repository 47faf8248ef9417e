package chain

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// trusted finds the issuers from which the ServiceAccount's token lets its Pods assume the
// role. The links lead from the ServiceAccount by the provider to the role.
func (c *Chains) trusted(found *Identity, audience facts.Text) {
	role, trust := found.Role, c.trustOf(found.Role)
	reason := TokenTrust{Token: tokenOf(found.ServiceAccount, audience), Role: role}
	switch {
	case !found.ServiceAccount.Namespace.Known() || !found.ServiceAccount.Name.Known():
		reason.Problem = SubjectUnknown
	case !trust.There:
		reason.Problem = NoTrustPolicy
	case trust.Unknown != "":
		reason.Problem = TrustUnknown
	case trust.Problem != nil:
		reason.Problem = TrustInvalid
	default:
		found.Issuers = c.admitted(&reason)
	}
	from := "provider"
	for _, provider := range found.Issuers {
		takes := c.provides(role, provider, audience)
		found.add(LinkProvider, takes.state(), provider.Place, takes, found.title(), "provider "+provider.Host)
		reason.Provider, from = provider, "provider "+provider.Host
	}
	found.add(LinkTrust, reason.state(), trust.Place, reason, from, "role "+role.Name.String())
}

// Token is the token that EKS gives a Pod of a ServiceAccount, without its issuer.
type Token struct {
	Subject  identity.Subject
	Audience facts.Text
}

func tokenOf(sa *facts.ServiceAccount, audience facts.Text) Token {
	return Token{identity.Subject{Namespace: identity.Namespace(sa.Namespace.Value), ServiceAccount: identity.ServiceAccount(sa.Name.Value)}, audience}
}

// subjectOf is the subject of a ServiceAccount whose name and namespace are known.
func subjectOf(sa *facts.ServiceAccount) string { return tokenOf(sa, facts.Text{}).Subject.String() }

// request returns the request to STS with the token, if the provider is the one that issued it.
func (t Token) request(provider index.Federated) policy.Request {
	issuer := access.Issuer{Provider: provider.ARN, Host: provider.Host, Cluster: true}
	return issuer.Request(t.Subject.String(), t.Audience.Value)
}

// TrustProblem keeps a trust policy from certainly letting a principal in.
type TrustProblem int

const (
	// Trusts means that nothing does.
	Trusts TrustProblem = iota
	// SubjectUnknown means that the files do not determine the token's subject.
	SubjectUnknown
	// NoTrustPolicy, TrustUnknown and TrustInvalid are about the policy as a whole.
	NoTrustPolicy
	TrustUnknown
	TrustInvalid
	// Undecided means that the policy's answer depends on what is not known.
	Undecided
	// NoIssuer means that the policy names no provider that the token can be of.
	NoIssuer
	// Denies, AllowsNothing and Mismatches are why the policy lets no one like it in.
	Denies
	AllowsNothing
	Mismatches
	// OrganizationDenies means that a resource control policy of the role's account does.
	OrganizationDenies
	// Untagged means that the policy does not allow to tag a session that has no tags, and
	// NotAllowed that the policies of the principal do not allow to assume the role.
	Untagged
	NotAllowed
)

func (p TrustProblem) state() State {
	switch p {
	case Trusts:
		return Proved
	case SubjectUnknown, TrustUnknown, Undecided, Untagged:
		return Unknown
	}
	return Broken
}

// TokenTrust is the decision of a role's trust policy on a ServiceAccount's token.
type TokenTrust struct {
	Token   Token
	Role    *facts.Role
	Problem TrustProblem
	// Provider is the one that is trusted, or else the nearest to it.
	Provider index.Federated
	// Decision is the policy's answer, and Mismatches what its nearest statement lacks.
	Decision   access.Decision
	Mismatches []access.Mismatch
}

func (t TokenTrust) state() State { return t.Problem.state() }

// Text implements Reason.
func (t TokenTrust) Text() string {
	switch role := t.Role.Name.String(); {
	case t.Problem == SubjectUnknown:
		return "the subject of the token is not known"
	case t.Problem == Trusts:
		return fmt.Sprintf("%q of issuer %q may take role %q", t.Token.Subject, t.Provider.Host, role)
	case t.state() == Unknown:
		return fmt.Sprintf("whether %q may take role %q is not known", t.Token.Subject, role)
	default:
		return fmt.Sprintf("%q may not take role %q", t.Token.Subject, role)
	}
}

// admitted asks the trust policy about the token of each issuer that it can be of.
func (c *Chains) admitted(reason *TokenTrust) (admitted []index.Federated) {
	trust := c.trustOf(reason.Role)
	candidates := c.possibleIssuers(trust)
	reason.Problem = NoIssuer
	for n, provider := range candidates {
		request := reason.Token.request(provider)
		verdict := access.Decide(request, trust).Within(c.throughEndpoint(request, reason.Role))
		switch {
		case verdict.Allowed():
			admitted = append(admitted, provider)
		case verdict.Possible():
			reason.Problem, reason.Decision = Undecided, verdict
		case n == 0:
			reason.Provider = provider
			reason.Problem, reason.Decision, reason.Mismatches = nearest(reason.Role, trust, reason.Token.request(provider), verdict)
		}
	}
	if admitted != nil {
		reason.Problem = Trusts
	}
	return admitted
}

// nearest is why a role's trust policy does not allow a request, by its nearest statement, or why
// the organization does not.
func nearest(role *facts.Role, trust *facts.Document, request policy.Request, verdict access.Decision) (TrustProblem, access.Decision, []access.Mismatch) {
	switch {
	case verdict.Denied && verdict.Statement >= len(role.Trust.Policy.Statement):
		return OrganizationDenies, verdict, nil
	case verdict.Denied:
		return Denies, verdict, nil
	}
	if mismatches, found := access.Nearest(trust, request); found {
		return Mismatches, verdict, mismatches
	}
	return AllowsNothing, verdict, nil
}

// possibleIssuers are the providers that the token can be of: those of the trust policy, but
// of the clusters alone where the files describe clusters.
func (c *Chains) possibleIssuers(trust *facts.Document) []index.Federated {
	providers := slices.DeleteFunc(index.ProvidersIn(trust), func(provider index.Federated) bool { return isNoClusters(provider.Host) })
	providers = append(providers, unknownProviders(trust)...)
	if len(c.Clusters) == 0 {
		return providers
	}
	ofClusters := slices.DeleteFunc(slices.Clone(providers), func(provider index.Federated) bool { return !c.IsClusters(provider.Host) })
	if len(ofClusters) == 0 && c.ClustersAreTrusted() {
		return providers
	}
	return ofClusters
}

// isNoClusters reports whether the issuer is one that is known to be no cluster's.
func isNoClusters(host string) bool {
	return slices.ContainsFunc([]string{
		"token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io", "oidc.circleci.com", "agent.buildkite.com", "api.bitbucket.org",
		"accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com", "login.microsoftonline.com", "sts.windows.net",
	}, func(other string) bool { return host == other || strings.HasPrefix(host, other+"/") })
}

// unknownProviders returns the providers of statements whose principal is not known, by the issuers of
// which their conditions have a subject.
func unknownProviders(trust *facts.Document) []index.Federated {
	var found []index.Federated
	for _, n := range slices.Sorted(maps.Keys(trust.Maybe)) {
		maybe := trust.Maybe[n]
		if maybe.AtMost.Effect != policy.EffectAllow || maybe.AtMost.Principal != nil {
			continue
		}
		for _, operator := range slices.Sorted(maps.Keys(maybe.AtMost.Condition)) {
			for _, key := range slices.Sorted(maps.Keys(maybe.AtMost.Condition[operator])) {
				if host, claim := index.CutKey(key); claim == "sub" {
					found = append(found, index.Federated{Host: host, Place: maybe.Place})
				}
			}
		}
		if maybe.AtMost.Condition == nil {
			found = append(found, index.Federated{Place: maybe.Place})
		}
	}
	return found
}
