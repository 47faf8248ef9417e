package fleet

import (
	"slices"

	"keyless-runners/identity"
)

// InStacks is the part of the fleet that the stacks of these names hold.
func (f Fleet) InStacks(names []string) Fleet {
	in := func(stack identity.StackName) bool { return slices.Contains(names, string(stack)) }
	f.Clusters = only(f.Clusters, func(c Cluster) bool { return in(c.Stack) })
	f.ImageRepositories = only(f.ImageRepositories, func(r ImageRepository) bool { return in(r.Stack) })
	f.Pools = only(f.Pools, func(p Pool) bool { return in(p.StackName()) })
	f.Deployments = only(f.Deployments, func(d Deployment) bool { return in(d.Stack) })
	return f
}

// OfPools is the fleet without any pools but those of these names.
func (f Fleet) OfPools(names []string) Fleet {
	f.Pools = only(f.Pools, func(p Pool) bool { return slices.Contains(names, string(p.Name)) })
	return f
}

func only[E any](list []E, keep func(E) bool) []E {
	return slices.DeleteFunc(slices.Clone(list), func(e E) bool { return !keep(e) })
}
