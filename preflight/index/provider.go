package index

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// IssuerHost is an issuer as provider ARNs and condition keys have it: without scheme, and
// without the slash that some write at the end.
func IssuerHost(url string) string {
	_, host, found := strings.Cut(url, "://")
	if !found {
		host = url
	}
	return strings.TrimSuffix(host, "/")
}

// ProvidersOf are the providers of an issuer, and NearProvider is an issuer of another that
// is near; "" if none is.
func (i *Index) ProvidersOf(host string) []*facts.Provider { return i.providers[host] }
func (i *Index) NearProvider(host string) string {
	return identity.Closest(host, Names(i.providers))
}

// IsClusters reports whether the issuer is that of a cluster of the files.
func (i *Index) IsClusters(host string) bool {
	return slices.ContainsFunc(i.Clusters, func(c facts.Cluster) bool { return c.Issuer.Known() && IssuerHost(c.Issuer.Value) == host })
}

// HasOtherIssuer reports whether the ServiceAccount is in a cluster of the files with another issuer than
// the one with the host.
func (i *Index) HasOtherIssuer(sa *facts.ServiceAccount, host string) bool {
	isIn := func(c facts.Cluster) bool {
		if own, stated := clusterOf(sa); stated {
			return c.Name.Is(string(own.Name))
		}
		return InFolderOf(sa, c.Name)
	}
	other := false
	for _, c := range i.Clusters {
		if !isIn(c) || host == "" {
			continue
		}
		if !c.Issuer.Known() || IssuerHost(c.Issuer.Value) == host {
			return false
		}
		other = true
	}
	return other
}

// ClustersAreTrusted reports whether some role trusts each cluster of the files. Then a role
// that trusts none of them is assumed to be of a cluster that is not among them.
func (i *Index) ClustersAreTrusted() bool { return i.trustsClusters }

func (i *Index) everyClusterIsTrusted() bool {
	trusted := map[string]bool{}
	for _, role := range i.EveryRole() {
		for _, provider := range ProvidersIn(&role.Trust) {
			trusted[provider.Host] = true
		}
	}
	return !slices.ContainsFunc(i.Clusters, func(c facts.Cluster) bool { return !trusted[IssuerHost(c.Issuer.Value)] })
}

// Federated is an OIDC provider that a trust policy names.
type Federated struct {
	// ARN is the provider's, Host its issuer without scheme, Account the account in the ARN.
	ARN, Host, Account string
	Place              source.Place
}

// ProvidersIn are the OIDC providers that statements of a trust policy allow, each once.
func ProvidersIn(trust *facts.Document) []Federated {
	var found []Federated
	for n, statement := range trust.Policy.Statement {
		if statement.Effect != policy.EffectAllow || statement.Principal == nil {
			continue
		}
		for _, arn := range statement.Principal.Federated {
			parts := strings.SplitN(arn, ":", 6)
			host, oidc := strings.CutPrefix(parts[len(parts)-1], "oidc-provider/")
			seen := slices.ContainsFunc(found, func(other Federated) bool { return other.ARN == arn })
			if oidc && len(parts) == 6 && !seen {
				found = append(found, Federated{arn, IssuerHost(host), parts[4], trust.InStatement(n, "Principal", "Federated")})
			}
		}
	}
	return found
}

// CutKey cuts a condition key into what it is of, an issuer or a service, and its name.
func CutKey(key string) (of, name string) {
	n := strings.LastIndex(key, ":")
	if n < 0 {
		return key, ""
	}
	return key[:n], key[n+1:]
}
