package fleet

import (
	"fmt"

	"keyless-runners/identity"
)

// references are what the pools of a fleet may refer to.
type references struct {
	clusters map[Cluster]bool
	// places are those of the clusters by name.
	places       map[identity.ClusterName]place
	repositories map[identity.ImageRepository]ImageRepository
	// names of all clusters and image repositories, for messages.
	clusterNames, repositoryNames string
}

func (f Fleet) references(at places) references {
	known := references{clusters: map[Cluster]bool{}, places: map[identity.ClusterName]place{}, repositories: map[identity.ImageRepository]ImageRepository{}}
	var clusters, repositories []string
	for i, c := range f.Clusters {
		known.clusters[c] = true
		known.places[c.Name] = at.clusters[i]
		clusters = append(clusters, string(c.Name))
	}
	for _, r := range f.ImageRepositories {
		known.repositories[r.ID()] = r
		repositories = append(repositories, r.ID().String())
	}
	known.clusterNames, known.repositoryNames = quoted(clusters), quoted(repositories)
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
	return fmt.Errorf("cluster %q is not declared; declared are %s", c.Name, r.clusterNames)
}
