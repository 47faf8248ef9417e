package fleet

import (
	"cmp"
	"slices"

	"keyless-runners/identity"
)

// Namespace is a namespace of a cluster and the pools that share it.
type Namespace struct {
	Cluster identity.ClusterName
	Name    identity.Namespace
	// Pools are in the order of their names, at least one.
	Pools []Pool
	// Settings are the fleet's for the namespace, or zero.
	Settings NamespaceSettings
}

// PodSecurity is the strictest level of Pod Security that admits the Pods of all pools.
func (n Namespace) PodSecurity() PodSecurity {
	for _, p := range n.Pools {
		if p.PodSecurity() == PodSecurityPrivileged {
			return PodSecurityPrivileged
		}
	}
	return PodSecurityBaseline
}

// HasFile reports whether anything of the namespace is rendered.
func (n Namespace) HasFile() bool {
	return !n.Settings.Existing || n.Settings.hasObjects()
}

// Namespaces returns the namespaces of the fleet's pools, by cluster and name.
func (f Fleet) Namespaces() []Namespace {
	type key struct {
		cluster identity.ClusterName
		name    identity.Namespace
	}
	settings := map[key]NamespaceSettings{}
	for _, s := range f.NamespaceSettings {
		settings[key{s.Cluster.Name, s.Name}] = s
	}
	pools := map[key][]Pool{}
	for p := range f.PoolsInClusters() {
		k := key{p.Cluster.Name, p.Namespace}
		pools[k] = append(pools[k], p)
	}
	namespaces := make([]Namespace, 0, len(pools))
	for k, sharing := range pools {
		slices.SortFunc(sharing, func(a, b Pool) int { return cmp.Compare(a.Name, b.Name) })
		namespaces = append(namespaces, Namespace{k.cluster, k.name, sharing, settings[k]})
	}
	slices.SortFunc(namespaces, func(a, b Namespace) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Name, b.Name))
	})
	return namespaces
}
