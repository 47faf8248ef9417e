package fleet

import "slices"

// InStacks is the fleet without any stacks but those of these names.
func (f Fleet) InStacks(names []string) Fleet {
	f.stacks = append([]string{}, names...)
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
