package fleet

import "iter"

// Fleet is all that is rendered together.
type Fleet struct {
	Clusters          []Cluster
	ImageRepositories []ImageRepository
	// PullThroughCaches are the caches through which pools pull images of other registries. Zero:
	// none.
	PullThroughCaches []PullThroughCache
	Pools             []Pool
	// NamespaceSettings are of the pools' namespaces, by cluster and name. A namespace that is
	// not among them is created, and has nothing else.
	NamespaceSettings []NamespaceSettings
	// Deployments are how GitHub Actions deploys the stacks. Zero: people deploy them.
	Deployments []Deployment
	// Tags are put on every AWS resource that takes tags, besides ManagedBy.
	// Zero: ManagedBy alone.
	Tags map[string]string

	// stacks are the names of those that the fleet is about (InStacks). Nil: all.
	stacks []string
}

// PoolsInClusters are the pools as they are in each cluster that runs them.
func (f Fleet) PoolsInClusters() iter.Seq[Pool] {
	return func(yield func(Pool) bool) {
		for _, p := range f.Pools {
			for in := range p.InEachCluster() {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// ManagedBy is the tag and label by which what this project made can be found.
const ManagedBy = "keyless-runners"
