package fleet

import (
	"fmt"

	"keyless-runners/identity"
)

// declared is what the pools of a fleet may refer to.
type declared struct {
	clusters     map[Cluster]bool
	clusterIndex map[identity.ClusterName]int
	repositories map[identity.ImageRepository]bool
	// names of all clusters and image repositories, for messages.
	clusterNames, repositoryNames string
}

func (f Fleet) declared() declared {
	d := declared{map[Cluster]bool{}, map[identity.ClusterName]int{}, map[identity.ImageRepository]bool{}, "", ""}
	var clusters, repositories []string
	for i, c := range f.Clusters {
		d.clusters[c] = true
		if _, known := d.clusterIndex[c.Name]; !known {
			d.clusterIndex[c.Name] = i
		}
		clusters = append(clusters, string(c.Name))
	}
	for _, r := range f.ImageRepositories {
		d.repositories[r.ID()] = true
		repositories = append(repositories, r.ID().String())
	}
	d.clusterNames, d.repositoryNames = quoted(clusters), quoted(repositories)
	return d
}

// checkCluster reports a cluster that is not one of the fleet's.
func (d declared) checkCluster(c Cluster) error {
	if d.clusters[c] {
		return nil
	}
	if i, known := d.clusterIndex[c.Name]; known {
		return fmt.Errorf("cluster %q is declared with other values in clusters[%d]", c.Name, i)
	}
	return fmt.Errorf("cluster %q is not declared; declared are %s", c.Name, d.clusterNames)
}
