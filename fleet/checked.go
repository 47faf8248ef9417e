package fleet

import (
	"maps"
	"slices"

	"keyless-runners/identity"
)

// Checked is a fleet in which Check found no problem. What renders accepts no other, so
// what is rendered was checked. The zero value is a fleet of nothing.
type Checked struct {
	fleet Fleet
	pools map[identity.PoolName]int
}

// Checked checks the fleet, and returns a copy of its lists: what is added to the fleet, or
// replaced in it, later is not in the copy; what its values hold by reference, such as a
// pool's Labels, is shared and must not be changed. Its error is that of Check.
func (f Fleet) Checked() (Checked, error) {
	if err := f.Check(); err != nil {
		return Checked{}, err
	}
	return f.checked(), nil
}

func (f Fleet) checked() Checked {
	c := Checked{fleet: f.copied(), pools: make(map[identity.PoolName]int, len(f.Pools))}
	for i, pool := range f.Pools {
		c.pools[pool.Name] = i
	}
	return c
}

func (f Fleet) copied() Fleet {
	f.Clusters = slices.Clone(f.Clusters)
	f.ImageRepositories = slices.Clone(f.ImageRepositories)
	f.PullThroughCaches = slices.Clone(f.PullThroughCaches)
	f.Pools = slices.Clone(f.Pools)
	f.Deployments = slices.Clone(f.Deployments)
	f.NamespaceSettings = slices.Clone(f.NamespaceSettings)
	f.Tags = maps.Clone(f.Tags)
	return f
}

// Fleet returns the fleet, with lists that the caller may change.
func (c Checked) Fleet() Fleet {
	return c.fleet.copied()
}

// Pool returns the pool of that name, if the fleet has one.
func (c Checked) Pool(name identity.PoolName) (Pool, bool) {
	i, ok := c.pools[name]
	if !ok {
		return Pool{}, false
	}
	return c.fleet.Pools[i], true
}

// Cluster returns the cluster of that name, if the fleet has one.
func (c Checked) Cluster(name identity.ClusterName) (Cluster, bool) {
	return first(c.fleet.Clusters, func(cluster Cluster) bool { return cluster.Name == name })
}

// ImageRepository returns the image repository with that identity, if the fleet has one.
func (c Checked) ImageRepository(id identity.ImageRepository) (ImageRepository, bool) {
	return first(c.fleet.ImageRepositories, func(repository ImageRepository) bool { return repository.ID() == id })
}

// PullThroughCache returns the pull through cache with that prefix, if the fleet has one.
func (c Checked) PullThroughCache(id identity.ImageRepository) (PullThroughCache, bool) {
	return first(c.fleet.PullThroughCaches, func(cache PullThroughCache) bool { return cache.ID() == id })
}

func first[E any](list []E, is func(E) bool) (found E, ok bool) {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], true
	}
	return found, false
}

// InStacks is the fleet without any stacks but those of these names.
func (c Checked) InStacks(names []string) Checked {
	f := c.fleet
	f.stacks = append([]string{}, names...)
	return f.checked()
}

// OfPools is the fleet without any pools but those of these names. It need not pass Check
// alone.
func (c Checked) OfPools(names []string) Checked {
	f := c.fleet
	f.Pools = only(f.Pools, func(p Pool) bool { return slices.Contains(names, string(p.Name)) })
	return f.checked()
}

func only[E any](list []E, keep func(E) bool) []E {
	return slices.DeleteFunc(slices.Clone(list), func(e E) bool { return !keep(e) })
}
