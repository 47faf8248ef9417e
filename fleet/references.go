package fleet

import (
	"fmt"

	"keyless-runners/identity"
)

// references holds what the pools of a fleet may refer to.
type references struct {
	clusters map[Cluster]bool
	// places are the places of the clusters by name.
	places       map[identity.ClusterName]place
	repositories map[identity.ImageRepository]ImageRepository
	caches       map[identity.ImageRepository]PullThroughCache
	// names of all clusters, image repositories and pull through caches, for messages.
	clusterNames, repositoryNames, cacheNames string
}

func (f Fleet) references(at places) references {
	known := references{clusters: map[Cluster]bool{}, places: map[identity.ClusterName]place{}, repositories: map[identity.ImageRepository]ImageRepository{}, caches: map[identity.ImageRepository]PullThroughCache{}}
	var clusters, repositories, caches []string
	for i, c := range f.Clusters {
		known.clusters[c] = true
		known.places[c.Name] = at.clusters[i]
		clusters = append(clusters, string(c.Name))
	}
	for _, r := range f.ImageRepositories {
		known.repositories[r.ID()] = r
		repositories = append(repositories, r.ID().String())
	}
	for _, c := range f.PullThroughCaches {
		known.caches[c.ID()] = c
		caches = append(caches, c.ID().String())
	}
	known.clusterNames, known.repositoryNames, known.cacheNames = quoted(clusters), quoted(repositories), quoted(caches)
	return known
}

// checkCluster reports a cluster that is not one of the fleet's.
func (r references) checkCluster(c Cluster) error {
	if r.clusters[c] {
		return nil
	}
	if other, named := r.places[c.Name]; named {
		return fmt.Errorf("cluster %q is declared with other values in %s", c.Name, other)
	}
	return fmt.Errorf("cluster %q is not declared; declared: %s", c.Name, r.clusterNames)
}
