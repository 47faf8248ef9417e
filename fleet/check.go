package fleet

import (
	"errors"
	"fmt"

	"keyless-runners/identity"
)

// Check reports everything that is wrong with the fleet, as Problems in the order
// of the declaration: first what is wrong with each value, then what is wrong
// between them. It returns nil for a fleet that can be rendered.
func (f Fleet) Check() error {
	var problems Problems
	at := f.places()
	needIssuer := f.clustersWithIRSA()
	for i, cluster := range f.Clusters {
		cluster.check(needIssuer[cluster.Name], at.clusters[i], &problems)
	}
	for i, repository := range f.ImageRepositories {
		repository.check(at.repositories[i], &problems)
	}
	for i, cache := range f.PullThroughCaches {
		cache.check(at.caches[i], &problems)
	}
	f.checkBelowCaches(at, &problems)
	if len(f.Pools) == 0 {
		problems.add(place{path: "pools"}, errors.New("none is declared; want at least one"))
	}
	known := f.references(at)
	for i, pool := range f.Pools {
		pool.check(known, at.pools[i], &problems)
		if count := len(f.Tags) + len(pool.Tags); len(pool.Tags) > 0 && count > maxTags {
			problems.add(at.pools[i].field("tags"), fmt.Errorf("%d tags, with the fleet's: want at most %d", count, maxTags))
		}
	}
	for i, deployment := range f.Deployments {
		deployment.check(f.stacksOf(deployment), at.deployments[i], &problems)
	}
	f.checkNamespaces(known, at, &problems)
	f.checkTags(&problems)
	f.checkUnique(at, &problems)
	f.checkLabels(at, &problems)
	f.checkPlatforms(at, &problems)
	f.checkStacks(&problems)
	if len(problems) == 0 {
		return nil
	}
	return problems.grouped()
}

// clustersWithIRSA returns the clusters that run a pool with IRSA.
func (f Fleet) clustersWithIRSA() map[identity.ClusterName]bool {
	with := map[identity.ClusterName]bool{}
	for p := range f.PoolsInClusters() {
		if p.UsesIRSA() {
			with[p.Cluster.Name] = true
		}
	}
	return with
}

// quoted lists values for a message, the first ten of them.
func quoted(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = fmt.Sprintf("%q", value)
	}
	return firstTen(list)
}
