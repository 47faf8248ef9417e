package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// token is what EKS gives a Pod of a ServiceAccount, but for its issuer.
type token struct {
	subject  identity.Subject
	audience facts.Text
}

// tokenOf is a token of the ServiceAccount for the audience; ok is false if the files do
// not tell whom it speaks for.
func tokenOf(account *facts.ServiceAccount, audience facts.Text) (t token, ok bool) {
	if !account.Namespace.There {
		return token{}, false
	}
	t.subject = identity.Subject{Namespace: identity.Namespace(account.Namespace.Value), ServiceAccount: identity.ServiceAccount(account.Name.Value)}
	t.audience = audience
	return t, account.Namespace.Known() && account.Name.Known()
}

// request is what STS is asked with the token, if the provider is the one that issued it.
func (t token) request(provider federated) policy.Request {
	issuer := access.Issuer{Provider: provider.arn, Host: provider.host, Cluster: true}
	return issuer.Request(t.subject.String(), t.audience.Value)
}

const secureTransport = "aws:SecureTransport"

// federated is an OIDC provider that a trust policy names.
type federated struct {
	arn, host, account string
	place              source.Place
}

// providersIn are the OIDC providers that statements of the document allow, each
// once.
func providersIn(d *facts.Document) []federated {
	var found []federated
	seen := map[string]bool{}
	for i, statement := range d.Policy.Statement {
		if statement.Effect != policy.EffectAllow || statement.Principal == nil {
			continue
		}
		for _, arn := range statement.Principal.Federated {
			parts := strings.SplitN(arn, ":", 6)
			host, oidc := strings.CutPrefix(parts[len(parts)-1], "oidc-provider/")
			if !oidc || len(parts) != 6 || seen[arn] {
				continue
			}
			seen[arn] = true
			found = append(found, federated{arn, issuerHost(host), parts[4], d.InStatement(i, "Principal", "Federated")})
		}
	}
	return found
}

// trusted finds the issuers from which the ServiceAccount's token lets its Pods
// take the role, and reports it if there is none. The links lead from the
// ServiceAccount by the provider to the role.
func (p *proof) trusted(account *facts.ServiceAccount, audience facts.Text, role *facts.Role) (issuers []federated, links []Link) {
	link := Link{Name: LinkTrust, State: Broken, Place: role.Trust.Place, From: "provider", To: "role " + spell(role.Name)}
	t, ok := tokenOf(account, audience)
	d := &role.Trust
	switch {
	case !ok:
		link.Text = "whom the token speaks for is not known"
		return nil, []Link{link}
	case !d.There:
		p.find(notTrusted, role.Place, fmt.Sprintf("role %q has no trust policy", spell(role.Name)), "add AssumeRolePolicyDocument")
	case d.Unknown != "":
		link.State = Unknown
		p.find(notKnown, d.Place, "the trust policy is not known: "+d.Unknown, "write it out, or tell what is missing")
	case d.Problem == nil:
		issuers = p.admitted(t, account, role, &link)
	}
	link.Text = fmt.Sprintf("whether %q may take role %q is not known", t.subject, spell(role.Name))
	if link.State == Broken {
		link.Text = fmt.Sprintf("%q may not take role %q", t.subject, spell(role.Name))
	}
	for _, provider := range issuers {
		links = append(links, p.providerLink(t, account, role, provider))
		link.State, link.From = Proved, "provider "+provider.host
		link.Text = fmt.Sprintf("%q of issuer %q may take role %q", t.subject, provider.host, spell(role.Name))
	}
	return issuers, append(links, link)
}

// providerLink looks at the provider that a token is of.
func (p *proof) providerLink(t token, account *facts.ServiceAccount, role *facts.Role, provider federated) Link {
	p.checkPrincipal(provider, role)
	state, text := p.checkProvider(role, provider.host, t.audience, provider.place)
	return Link{LinkProvider, state, text, provider.place, "ServiceAccount " + name(account.Namespace, account.Name), "provider " + provider.host}
}

// admitted asks the trust policy about a token of each issuer that it names.
func (p *proof) admitted(t token, account *facts.ServiceAccount, role *facts.Role, link *Link) []federated {
	d := &role.Trust
	var admitted []federated
	var unknown access.Decision
	candidates := p.possibleIssuers(d)
	for _, provider := range candidates {
		switch verdict := access.Decide(t.request(provider), d); verdict.Truth {
		case policy.Yes:
			admitted = append(admitted, provider)
		case policy.Possibly:
			unknown = verdict
		}
	}
	switch {
	case admitted != nil:
	case unknown.Possible():
		link.State = Unknown
		p.find(notKnown, unknown.Open, "whether the trust policy lets the ServiceAccount in is not known: "+unknown.Why, "write it out, or tell what is missing; if it is about the request, waive this with the reason why it will be so")
	default:
		p.reportNotTrusted(t, account, role, candidates, link)
	}
	return admitted
}

// possibleIssuers are the providers that the token can be of: those of the trust
// policy, but of the clusters alone where the files tell of clusters.
func (p *proof) possibleIssuers(d *facts.Document) []federated {
	providers := slices.DeleteFunc(providersIn(d), func(provider federated) bool { return isNoClusters(provider.host) })
	providers = append(providers, unknownProviders(d)...)
	if len(p.Clusters) == 0 {
		return providers
	}
	ofClusters := slices.DeleteFunc(slices.Clone(providers), func(provider federated) bool { return !p.isClusters(provider.host) })
	if len(ofClusters) == 0 && p.clustersAreTrusted() {
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

// unknownProviders are those of statements whose principal is not known, by the issuers of
// which their conditions have a subject.
func unknownProviders(d *facts.Document) []federated {
	var found []federated
	for _, i := range slices.Sorted(maps.Keys(d.Maybe)) {
		maybe := d.Maybe[i]
		if maybe.AtMost.Effect != policy.EffectAllow || maybe.AtMost.Principal != nil {
			continue
		}
		for _, operator := range slices.Sorted(maps.Keys(maybe.AtMost.Condition)) {
			for _, key := range slices.Sorted(maps.Keys(maybe.AtMost.Condition[operator])) {
				if host, claim := cutKey(key); claim == "sub" {
					found = append(found, federated{host: host, place: maybe.Place})
				}
			}
		}
		if maybe.AtMost.Condition == nil {
			found = append(found, federated{place: maybe.Place})
		}
	}
	return found
}

// isClusters says whether the issuer is that of a cluster of the files.
func (p *proof) isClusters(host string) bool {
	return slices.ContainsFunc(p.Clusters, func(c facts.Cluster) bool { return c.Issuer.Known() && issuerHost(c.Issuer.Value) == host })
}

// clustersAreTrusted says whether some role trusts each cluster of the files. Then a
// role that trusts none of them is taken to be of a cluster that is not among them.
func (p *proof) clustersAreTrusted() bool {
	if p.trustedHosts == nil {
		p.trustedHosts = map[string]bool{}
		for _, role := range p.everyRole() {
			for _, provider := range providersIn(&role.Trust) {
				p.trustedHosts[provider.host] = true
			}
		}
	}
	return !slices.ContainsFunc(p.Clusters, func(c facts.Cluster) bool { return !p.trustedHosts[issuerHost(c.Issuer.Value)] })
}

// checkPrincipal looks at the provider that a trust policy names.
func (p *proof) checkPrincipal(provider federated, role *facts.Role) {
	if role.Account.Known() && provider.account != role.Account.Value {
		p.find(foreignPrincipal, provider.place,
			fmt.Sprintf("the trust policy names a provider of account %q, the role is in %q: STS asks the role's account alone", provider.account, role.Account.Value),
			fmt.Sprintf("name the provider of account %q", role.Account.Value))
	}
	if strings.Contains(provider.arn, "://") {
		p.find(badIssuer, provider.place, fmt.Sprintf("the ARN %q has a scheme in it, and the ARNs of providers have none", provider.arn), "take https:// out")
	}
	if !strings.HasPrefix(provider.host, eksIssuerHost) {
		return
	}
	arn, err := identity.ParseProviderARN(provider.arn)
	switch want := arn.Issuer.Region().Partition(); {
	case strings.Contains(provider.arn, "://"):
	case err != nil:
		p.find(badIssuer, provider.place, err.Error(), `take the issuer from "aws eks describe-cluster --query cluster.identity.oidc.issuer"`)
	case arn.Partition != want:
		p.find(badIssuer, provider.place, fmt.Sprintf("the provider's ARN is of partition %q, its issuer of %q", arn.Partition, want), fmt.Sprintf("write %q", want))
	}
}

func (p *proof) reportNotTrusted(t token, account *facts.ServiceAccount, role *facts.Role, candidates []federated, link *Link) {
	d := &role.Trust
	related := Related{account.Place, "the ServiceAccount"}
	if len(candidates) == 0 {
		p.reportNoIssuer(d, role, related)
		return
	}
	provider := candidates[0]
	request := t.request(provider)
	if verdict := access.Decide(request, d); verdict.Denied {
		p.find(notTrusted, verdict.Place, fmt.Sprintf("%s of the trust policy denies it to %q", verdict.Name, t.subject), "take the ServiceAccount out of what it denies", related)
		return
	}
	mismatches, found := nearestStatement(d, request)
	if !found {
		p.find(notTrusted, d.Place, "no statement of the trust policy allows anything", "allow "+access.AssumeRoleWithWebIdentity, related)
		return
	}
	p.checkPrincipal(provider, role)
	for _, m := range mismatches {
		p.explained[m.place] = true
	}
	p.find(notTrusted, mismatches[0].place, fmt.Sprintf("the trust policy does not let %q take the role: %s", t.subject, text(mismatches)),
		"make the trust policy, the ServiceAccount and the issuer agree", related)
}

// reportNoIssuer reports a trust policy that names no provider, or none of the
// cluster's.
func (p *proof) reportNoIssuer(d *facts.Document, role *facts.Role, related Related) {
	all := providersIn(d)
	if len(all) == 0 {
		p.find(notTrusted, d.Place, "the trust policy names no OIDC provider as Federated principal, and a ServiceAccount's token needs one",
			"trust the provider of the cluster's issuer; its ARN has no https://", related)
		return
	}
	if len(p.Clusters) == 0 {
		p.find(notTrusted, all[0].place, fmt.Sprintf("the trust policy trusts issuer %q, which is no cluster's", all[0].host), "trust the provider of the cluster's issuer", related)
		return
	}
	cluster := p.Clusters[0]
	p.find(otherIssuer, all[0].place, fmt.Sprintf("the trust policy trusts issuer %q, the cluster's is %q", all[0].host, issuerHost(cluster.Issuer.Value)),
		`trust the cluster's issuer, or add what "aws eks describe-cluster" shows of the other cluster`, related, Related{cluster.Place, "the cluster"})
}
