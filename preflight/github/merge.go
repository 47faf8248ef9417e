package github

import (
	"maps"
	"slices"
)

// merge holds what the branches of a statement set that go on behind it.
type merge struct {
	// branches are the runs that take each.
	branches []world
	// set are the branches that set a variable, and to what.
	set map[string][]assignment
}

// assignment holds what a variable may be at the end of a branch.
type assignment struct {
	branch int
	value
}

// add takes over the variables that a branch set, in the runs that take it.
func (m *merge) add(variables map[string]variable, runs world) {
	if m.set == nil {
		m.set = map[string][]assignment{}
	}
	for name, v := range variables {
		m.set[name] = append(m.set[name], assignment{len(m.branches), v.value})
	}
	m.branches = append(m.branches, runs)
}

// merge sets the variables behind the branches.
func (x *script) merge(m *merge) {
	for _, name := range slices.Sorted(maps.Keys(m.set)) {
		var after value
		for _, a := range m.set[name] {
			after = append(after, x.step.in(a.value, m.branches[a.branch])...)
		}
		for _, runs := range m.without(name) {
			after = append(after, x.step.in(x.lookUp(name), runs)...)
		}
		x.set(name, after)
	}
}

// maxWithout is how many branches are distinguished that leave a variable as it was.
const maxWithout = 4

// without are the runs in which no branch sets the variable: every run stands for
// many of them.
func (m *merge) without(name string) (runs []world) {
	set := m.set[name]
	switch missing := len(m.branches) - len(set); {
	case missing == 0:
		return nil
	case missing > maxWithout:
		return []world{nil}
	}
	for i, branch := range m.branches {
		if len(set) > 0 && set[0].branch == i {
			set = set[1:]
			continue
		}
		runs = append(runs, branch)
	}
	return runs
}
