package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// runner is the runner that a job asks for in some runs.
type runner struct {
	labels []facts.Text
	group  facts.Text
	// world are the runs.
	world world
}

// maxRunners is how many alternatives of a runner are distinguished.
const maxRunners = 256

// runners are the alternatives of the runner that a job asks for. Without a value
// it asks for none.
func (s scope) runners(runsOn *source.Node, expected source.Place) []runner {
	all := []runner{{group: facts.Text{Place: expected}}}
	if runsOn == nil {
		return all
	}
	return s.labelled(all, runsOn, runsOn.Place)
}

// labelled adds what the value asks for to each of the runners.
func (s scope) labelled(all []runner, node *source.Node, at source.Place) []runner {
	switch node.Kind {
	case source.Null:
	case source.List:
		for _, item := range node.Items {
			all = s.labelled(all, item, nearest(item.Place, at))
		}
	case source.Map:
		if group := node.Get("group"); group != nil {
			at := nearest(group.Place, at)
			all = s.extended(all, group, at, func(r *runner, t pieces) { r.group = t.fact(at) })
		}
		if labels := node.Get("labels"); labels != nil {
			all = s.labelled(all, labels, nearest(labels.Place, at))
		}
	default:
		all = s.extended(all, node, at, func(r *runner, t pieces) { r.labels = append(r.labels, t.fact(at)) })
	}
	return all
}

// extended makes each runner one for each alternative of the value; if those are
// too many, the value is unknown.
func (s scope) extended(all []runner, node *source.Node, at source.Place, add func(*runner, pieces)) []runner {
	v := s.here(s.value(node))
	if len(v) != 1 || v[0].node != nil || len(v[0].world) > 0 {
		more, ok := s.multiplied(all, v, node, at, add)
		if ok {
			return more
		}
		v = unknownValue(kindUnknown, tooMany)
	}
	for i := range all {
		add(&all[i], v[0].text)
	}
	return all
}

func (s scope) multiplied(all []runner, v value, node *source.Node, at source.Place, add func(*runner, pieces)) (more []runner, ok bool) {
	s.matrix = nil // what is in the matrix sees none of it
	for _, a := range v {
		for _, r := range all {
			world, happens := r.world.and(a.world)
			if !happens {
				continue
			}
			one := []runner{{slices.Clone(r.labels), r.group, world}}
			if a.node != nil && a.node != node {
				one = s.labelled(one, a.node, at)
			} else {
				add(&one[0], a.string())
			}
			more = append(more, one...)
			if len(more) > maxRunners || !s.spend(len(r.labels)+1) {
				return nil, false
			}
		}
	}
	return more, true
}

// nearest is the place; that of what is around it, if it is in a text.
func nearest(at, around source.Place) source.Place {
	if at.File == "" {
		return around
	}
	return at
}

// alternatives are the runners that differ, each with the runs that ask for it.
func alternatives(all []runner) (distinct []runner, worlds [][]world) {
	at := map[string]int{}
	for _, r := range all {
		var key strings.Builder
		for _, label := range append(slices.Clone(r.labels), r.group) {
			key.WriteString(label.Value + "\x00" + label.Unknown + "\x00")
		}
		i, seen := at[key.String()]
		if !seen {
			i = len(distinct)
			at[key.String()] = i
			distinct, worlds = append(distinct, r), append(worlds, nil)
		}
		worlds[i] = append(worlds[i], r.world)
	}
	return distinct, worlds
}
