package live

import (
	"context"
	"slices"

	"keyless-runners/identity"
)

// Read reads what the request names. What cannot be read is in the reading, and is no error.
func Read(ctx context.Context, request Request) Reading {
	r := &reader{}
	accounts := r.signIn(ctx, request)
	request = request.in(accounts.standard)
	each(request.accounts(), func(a accountRead) {
		if config, ok := accounts.config(r, a); ok {
			r.readAccount(ctx, config, a)
		}
	})
	each(request.registries(), func(registry identity.Registry) {
		if config, ok := accounts.configs[registry.Account]; ok {
			r.readRegistry(ctx, inRegion(config, registry.Region), registry)
		}
	})
	each(request.PullThroughCaches, func(registry identity.Registry) {
		if config, ok := accounts.configs[registry.Account]; ok {
			r.readPullThroughCaches(ctx, inRegion(config, registry.Region), registry)
		}
	})
	each(request.Clusters, func(c Cluster) {
		endpoint := ""
		if config, ok := accounts.configs[c.Account]; ok {
			endpoint = r.readEKS(ctx, inRegion(config, c.Region), c)
		}
		r.readKubernetes(ctx, c, endpoint)
	})
	return r.sorted()
}

// in is the request with the account of the default credentials where it names none.
func (q Request) in(standard identity.AccountID) Request {
	q.Clusters = slices.Clone(q.Clusters)
	for i := range q.Clusters {
		if q.Clusters[i].Account == "" {
			q.Clusters[i].Account = standard
		}
	}
	return q
}

// accountRead is an account that is read, and a region of its partition.
type accountRead struct {
	id     identity.AccountID
	region identity.Region
}

// accounts returns the accounts of the clusters and of the registries, each once: what may push from an
// account is its role or its user.
func (q Request) accounts() []accountRead {
	var found []accountRead
	for _, registry := range q.registries() {
		if !slices.ContainsFunc(found, func(a accountRead) bool { return a.id == registry.Account }) {
			found = append(found, accountRead{registry.Account, registry.Region})
		}
	}
	return found
}

// registries returns those of the clusters' accounts and regions, and those that are named, each
// once.
func (q Request) registries() []identity.Registry {
	var found []identity.Registry
	for _, c := range q.Clusters {
		found = append(found, identity.Registry{Account: c.Account, Region: c.Region})
	}
	found = slices.Concat(found, q.Registries, q.PullThroughCaches)
	slices.SortFunc(found, func(a, b identity.Registry) int {
		return slices.Compare([]string{string(a.Account), string(a.Region)}, []string{string(b.Account), string(b.Region)})
	})
	return slices.Compact(found)
}
