package github

import (
	"maps"
	"slices"
)

// world is a set of choices that a run makes: the runs in which an alternative
// holds. It is sorted, with each source once; the empty world is every run.
type world []pick

// pick is one choice of several, such as one combination of a matrix.
type pick struct {
	source, choice int
}

// maxPicks is how many choices an alternative remembers. One that it forgets lets
// it be combined with more than can happen, never with less.
const maxPicks = 12

// and is the world of what holds in both; ok is false if no run is in both.
func (w world) and(other world) (both world, ok bool) {
	switch {
	case len(w) == 0:
		return other, true
	case len(other) == 0:
		return w, true
	}
	both = make(world, 0, len(w)+len(other))
	for len(w) > 0 && len(other) > 0 {
		a, b := w[0], other[0]
		switch {
		case a.source < b.source:
			both, w = append(both, a), w[1:]
		case b.source < a.source:
			both, other = append(both, b), other[1:]
		case a.choice != b.choice:
			return nil, false
		default:
			both, w, other = append(both, a), w[1:], other[1:]
		}
	}
	both = append(append(both, w...), other...)
	return both[:min(len(both), maxPicks)], true
}

// choices are the choices of a source that runs of a scope can make.
type choices map[int]bool

func (c choices) list() []int {
	return slices.Collect(maps.Keys(c))
}

// narrowed returns what the sources can choose in a run of one of the worlds.
func narrowed(given map[int]choices, worlds []world) map[int]choices {
	count, of := map[int]int{}, map[int]choices{}
	for _, w := range worlds {
		for _, p := range w {
			if of[p.source] == nil {
				of[p.source] = choices{}
			}
			count[p.source]++
			of[p.source][p.choice] = true
		}
	}
	narrow := map[int]choices{}
	for source, all := range given {
		narrow[source] = all
	}
	for source, n := range count {
		if n == len(worlds) { // a world without the source makes any of its choices
			narrow[source] = of[source]
		}
	}
	return narrow
}

// choice returns what the world chooses of a source, if it does.
func (w world) choice(source int) (choice int, picked bool) {
	for _, p := range w {
		if p.source == source {
			return p.choice, true
		}
	}
	return 0, false
}

// in reports whether the world can be with those choices.
func (w world) in(given map[int]choices) bool {
	for _, p := range w {
		if allowed, limited := given[p.source]; limited && !allowed[p.choice] {
			return false
		}
	}
	return true
}
