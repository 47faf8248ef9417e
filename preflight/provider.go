package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// checkProviders looks at each provider by itself, and for two of one issuer.
func (p *proof) checkProviders() {
	first := map[string]*facts.Provider{}
	for i := range p.Providers {
		provider := &p.Providers[i]
		if !provider.URL.Known() {
			continue
		}
		if problem := urlProblem(provider.URL.Value); problem != "" {
			p.find(badProviderURL, provider.URL.Place, fmt.Sprintf("provider URL %q: %s", provider.URL.Value, problem),
				"write the issuer as EKS shows it: https://oidc.eks.REGION.amazonaws.com/id/ID")
		}
		key := provider.Account.Value + " " + issuerHost(provider.URL.Value)
		if before := first[key]; before != nil && !before.Listed && !provider.Listed {
			p.find(providerTwice, provider.Place,
				fmt.Sprintf("an account holds one provider for an issuer, and %q has two", issuerHost(provider.URL.Value)),
				"keep one", Related{before.Place, "the other"})
		}
		first[key] = provider
	}
}

// urlProblem says what is wrong with a provider's URL, "" if nothing is.
func urlProblem(url string) string {
	host, secure := strings.CutPrefix(url, "https://")
	authority, _, _ := strings.Cut(host, "/")
	switch {
	case !secure:
		return `it does not start with "https://"`
	case strings.HasSuffix(url, "/"):
		return "it ends in a slash, and the tokens' issuer does not"
	case strings.Contains(authority, ":"):
		return "IAM takes no port"
	case strings.HasPrefix(host, eksIssuerHost):
		if err := identity.Issuer(url).Check(); err != nil {
			return strings.TrimPrefix(err.Error(), fmt.Sprintf("issuer %q: ", url))
		}
	}
	return ""
}

// eksIssuerHost begins the issuers of EKS clusters.
const eksIssuerHost = "oidc.eks."

// checkProvider reports what keeps the provider of an issuer from taking a token: it
// is in no file, in another account, or does not know the audience. A list of
// providers tells their accounts and not their client ids, the provider by itself its
// client ids and not its account, so there may be two facts of one.
func (p *proof) checkProvider(role *facts.Role, host string, audience facts.Text, at source.Place) (State, string) {
	providers := p.providers[host]
	if len(providers) == 0 {
		return p.reportNoProvider(host, at)
	}
	ours := slices.DeleteFunc(slices.Clone(providers), func(provider *facts.Provider) bool {
		return role.Account.Known() && contradicts(provider.Account, role.Account.Value)
	})
	if len(ours) == 0 {
		problem := fmt.Sprintf("the provider of issuer %q is in account %q, the role in %q", host, providers[0].Account.Value, role.Account.Value)
		p.find(noProvider, at, problem, "a role trusts providers of its own account alone: define both in one", Related{providers[0].Place, "the provider"})
		return Broken, problem
	}
	for _, provider := range ours {
		if problem := p.checkAudience(provider, audience); problem != "" {
			return Broken, problem
		}
	}
	return Proved, fmt.Sprintf("the account's provider of issuer %q takes tokens for %q", host, audience.Value)
}

func (p *proof) checkAudience(provider *facts.Provider, audience facts.Text) (problem string) {
	if !provider.ClientIDsKnown || slices.ContainsFunc(provider.ClientIDs, func(id facts.Text) bool { return id.Is(audience.Value) }) {
		return ""
	}
	for _, id := range provider.ClientIDs {
		if id.Unknown != "" {
			problem = fmt.Sprintf("whether the provider takes the audience %q is not known: %s", audience.Value, id.Unknown)
			p.find(notKnown, id.Place, problem, fmt.Sprintf("write %q", audience.Value))
			return problem
		}
	}
	var ids []string
	for _, id := range provider.ClientIDs {
		ids = append(ids, id.Value)
	}
	problem = fmt.Sprintf("the token's audience is %q, the provider takes %s", audience.Value, orNone(quoted(ids)))
	at := provider.Place
	if len(provider.ClientIDs) > 0 {
		at = provider.ClientIDs[0].Place
	}
	p.find(audienceRefused, at, problem,
		fmt.Sprintf("add %q to the provider's client ids", audience.Value), Related{audience.Place, "where the token gets its audience"})
	return problem
}

func (p *proof) reportNoProvider(host string, at source.Place) (State, string) {
	if len(p.Templates) == 0 && len(p.Providers) == 0 {
		problem := fmt.Sprintf("the files cannot tell of providers; that of issuer %q is taken as there", host)
		p.find(providerAssumed, at, problem, `add the output of "aws iam get-open-id-connect-provider" to prove it`)
		return Proved, problem
	}
	problem := fmt.Sprintf("no provider of issuer %q is among the files", host)
	if closest := identity.Closest(host, candidates(p.providers)); closest != "" {
		problem += fmt.Sprintf("; there is one of %q", closest)
	}
	p.find(noProvider, at, problem, `define it, or add the output of "aws iam get-open-id-connect-provider"`)
	return Unknown, problem
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
