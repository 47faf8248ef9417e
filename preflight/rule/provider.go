package rule

import (
	"fmt"
	"regexp"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// Token → provider.
var (
	noProvider       = kind("KR030", finding.Warning, "provider is not among the files")
	badProviderURL   = kind("KR031", finding.Error, "provider URL that IAM or STS cannot use")
	audienceRefused  = kind("KR032", finding.Error, "provider does not take the audience")
	otherIssuer      = kind("KR033", finding.Error, "cluster has another issuer")
	providerTwice    = kind("KR034", finding.Error, "two providers for one issuer")
	badIssuer        = kind("KR035", finding.Error, "issuer that EKS does not have")
	providerAssumed  = kind("KR036", finding.Note, "provider is assumed to exist")
	foreignPrincipal = kind("KR037", finding.Error, "provider of another account")
	badThumbprint    = kind("KR195", finding.Error, "thumbprint that IAM refuses")
)

// providersAlone looks at each provider alone, and for two of one issuer.
func providersAlone(v View, report reporter) {
	first := map[string]*facts.Provider{}
	for n := range v.Providers {
		provider := &v.Providers[n]
		if !provider.URL.Known() {
			continue
		}
		if problem := urlProblem(provider.URL.Value); problem != "" {
			report(badProviderURL, provider.URL.Place, fmt.Sprintf("provider URL %q: %s", provider.URL.Value, problem),
				"write the issuer as EKS shows it: https://oidc.eks.REGION.amazonaws.com/id/ID")
		}
		for _, thumbprint := range provider.Thumbprints {
			if thumbprint.Known() && !thumbprintForm.MatchString(thumbprint.Value) {
				report(badThumbprint, thumbprint.Place, fmt.Sprintf("thumbprint %q: IAM accepts 40 hexadecimal digits, the SHA-1 of a certificate without colons, and makes no provider of others", thumbprint.Value),
					"leave the thumbprints out: IAM trusts the issuers of EKS without them")
			}
		}
		host := index.IssuerHost(provider.URL.Value)
		key := provider.Account.Value + " " + host
		if before := first[key]; before != nil && !before.Listed && !provider.Listed {
			report(providerTwice, provider.Place, fmt.Sprintf("an account holds one provider for an issuer, and %q has two", host),
				"keep one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = provider
	}
}

// thumbprintForm is the form that IAM accepts (AWS IAM API reference, "CreateOpenIDConnectProvider").
var thumbprintForm = regexp.MustCompile(`^[0-9A-Fa-f]{40}$`)

// urlProblem returns what is wrong with a provider's URL, "" if nothing is.
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
	case issuerProblem(host) != "":
		return "it " + issuerProblem(host)
	case strings.HasPrefix(host, chain.EKSIssuerHost):
		if err := identity.Issuer(url).Check(); err != nil {
			return strings.TrimPrefix(err.Error(), fmt.Sprintf("issuer %q: ", url))
		}
	}
	return ""
}

// providers reports what keeps the provider of an issuer from accepting a token: it is in no
// file, in another account, or does not have the audience.
func providers(v View, report reporter) {
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, provides chain.Provides) { provider(provides, report) })
}

func provider(p chain.Provides, report reporter) {
	at := p.Named.Place
	switch p.Problem {
	case chain.ProviderAssumed:
		report(providerAssumed, at, p.Text(), `add the output of "aws iam get-open-id-connect-provider" to prove it`)
	case chain.ProviderMissing:
		report(noProvider, at, p.Text(), `define it, or add the output of "aws iam get-open-id-connect-provider"`)
	case chain.ProviderElsewhere:
		report(noProvider, at, p.Text(), "a role trusts providers of its own account alone: define both in one", finding.Related{Place: p.Provider.Place, What: "the provider"})
	case chain.AudienceUnknown:
		report(trustUnknown, p.ID.Place, p.Text(), fmt.Sprintf("write %q", p.Audience.Value))
	case chain.AudienceRefused:
		at := p.Provider.Place
		if len(p.Provider.ClientIDs) > 0 {
			at = p.Provider.ClientIDs[0].Place
		}
		report(audienceRefused, at, p.Text(), fmt.Sprintf("add %q to the provider's client ids", p.Audience.Value),
			finding.Related{Place: p.Audience.Place, What: "where the token gets its audience"})
	}
}

// trustedProviders looks at the providers that trust policies name for a ServiceAccount's
// token, and at the nearest to one.
func trustedProviders(v View, report reporter) {
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, provides chain.Provides) {
		trustedProvider(provides.Named, provides.Role, report)
	})
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, trust chain.TokenTrust) {
		if trust.Problem == chain.Mismatches {
			trustedProvider(trust.Provider, trust.Role, report)
		}
	})
}

func trustedProvider(named index.Federated, role *facts.Role, report reporter) {
	if role.Account.Known() && named.Account != role.Account.Value {
		report(foreignPrincipal, named.Place,
			fmt.Sprintf("the trust policy names a provider of account %q, the role is in %q: STS asks the role's account alone", named.Account, role.Account.Value),
			fmt.Sprintf("name the provider of account %q", role.Account.Value))
	}
	if strings.Contains(named.ARN, "://") {
		report(badIssuer, named.Place, fmt.Sprintf("the ARN %q has a scheme in it, and the ARNs of providers have none", named.ARN), "take https:// out")
		return
	}
	if problem := issuerProblem(named.Host); problem != "" {
		report(badIssuer, named.Place, fmt.Sprintf("the ARN %q %s", named.ARN, problem), describeIssuer)
		return
	}
	if !strings.HasPrefix(named.Host, chain.EKSIssuerHost) {
		return
	}
	arn, err := identity.ParseProviderARN(named.ARN)
	switch want := arn.Issuer.Region().Partition(); {
	case err != nil:
		report(badIssuer, named.Place, err.Error(), describeIssuer)
	case arn.Partition != want:
		report(badIssuer, named.Place, fmt.Sprintf("the provider's ARN is of partition %q, its issuer of %q", arn.Partition, want), fmt.Sprintf("write %q", want))
	}
}

const describeIssuer = `take the issuer from "aws eks describe-cluster --query cluster.identity.oidc.issuer"`

// issuerProblem returns what is wrong with a host that is meant for an issuer of EKS, and does not
// begin like one.
func issuerProblem(host string) string {
	if host == "" {
		return "names no issuer"
	}
	if meant, ok := identity.MeantIssuer(host); ok {
		return "is of no issuer that EKS has" + identity.DidYouMean(meant.Host())
	}
	return ""
}
