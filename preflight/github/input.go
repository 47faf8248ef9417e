package github

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// What may start a workflow, as far as inputs depend on it.
const (
	dispatched = iota
	called
	otherwise
)

// inputsOf returns the inputs that the workflow's triggers declare, by name in lower case.
func (s scope) inputsOf(on *source.Node) map[string]value {
	event := s.conditions.of("event")
	dispatch, call := declaredBy(on, "workflow_dispatch"), declaredBy(on, "workflow_call")
	inputs := map[string]value{}
	for _, declared := range []map[string]*source.Node{dispatch, call} {
		for _, name := range slices.Sorted(maps.Keys(declared)) {
			if _, done := inputs[name]; done {
				continue
			}
			var v value
			if on.Member("workflow_dispatch") != nil {
				v = append(v, s.in(s.entered(name, dispatch[name]), world{{event, dispatched}})...)
			}
			if on.Member("workflow_call") != nil {
				v = append(v, s.in(s.entered(name, call[name]), world{{event, called}})...)
			}
			if others(on) {
				v = append(v, alternative{world: world{{event, otherwise}}})
			}
			inputs[name] = s.capped(v)
		}
	}
	return inputs
}

// declaredBy are the inputs that an event declares, by name in lower case.
func declaredBy(on *source.Node, event string) map[string]*source.Node {
	declared := map[string]*source.Node{}
	for _, member := range on.Get(event, "inputs").Entries() {
		declared[strings.ToLower(member.Name)] = member.Value
	}
	return declared
}

// others reports whether an event without inputs starts the workflow.
func others(on *source.Node) bool {
	return slices.ContainsFunc(on.Members, func(m source.Member) bool { return m.Name != "workflow_dispatch" && m.Name != "workflow_call" })
}

// entered returns the value of an input on an event, "" if the event does not declare it.
func (s scope) entered(name string, declared *source.Node) value {
	if declared == nil {
		return valueOf("")
	}
	kind, _ := s.value(declared.Get("type")).literal()
	preset := declared.Get("default")
	switch {
	case kind == "choice":
		return s.options(name, declared)
	case kind == "boolean":
		choice := s.conditions.of("input " + name)
		return value{boolean(true, world{{choice, 1}}), boolean(false, world{{choice, 0}})}
	case !declared.Has("default"):
		return unknownValue(kindFixed, fmt.Sprintf("input %q has no default", facts.Short(name)))
	}
	v := s.value(preset)
	if kind != "number" {
		v = asStrings(v)
	}
	return v
}

// options returns the values that a person can choose, and the default.
func (s scope) options(name string, declared *source.Node) value {
	options, choice := value{}, s.conditions.of("input "+name)
	seen := map[string]bool{}
	for _, node := range append(slices.Clip(declared.Get("options").Elements()), declared.Get("default")) {
		if !node.Scalar() || seen[scalar(node)] {
			continue
		}
		seen[scalar(node)] = true
		options = append(options, alternative{text: textOf(scalar(node)), world: world{{choice, len(options)}}})
	}
	if len(options) == 0 {
		return unknownValue(kindFixed, fmt.Sprintf("input %q has no options", facts.Short(name)))
	}
	return s.capped(options)
}
