package github

import (
	"maps"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// maxCalls is how deep workflows are followed that call each other: GitHub's own limit
// (https://docs.github.com/en/actions/reference/limits).
const maxCalls = 10

// called are the jobs of a workflow of the same source repository, as a job calls it.
func (r *reader) called(member source.Member) []facts.Job {
	name, isLocal := strings.CutPrefix(member.Value.Get("uses").Text, local)
	if !isLocal || r.repository == nil || r.depth == maxCalls {
		return nil
	}
	root := r.repository(path.Clean(name))
	if !Recognize(root) {
		return nil
	}
	size, blocks := measure(root)
	if !r.scope.spend(size) {
		return nil
	}
	s := r.scope
	s.matrix = s.matrixOf(member.Value.Get("strategy", "matrix"))
	s, runs := s.when(member.Value.Get("if"))
	if !runs {
		return nil
	}
	callee := &reader{root: root, name: r.name, repository: r.repository, depth: r.depth + 1, blocks: blocks, keys: r.keys}
	callee.scope = scope{budget: s.budget, conditions: s.conditions, given: s.given, guards: s.guards, inputs: s.passed(member.Value.Get("with"), root)}
	callee.scope = callee.scope.with(root.Get("env"))
	jobs := callee.all()
	for i := range jobs {
		jobs[i].ID = member.Name + " / " + jobs[i].ID
	}
	return jobs
}

// passed are the inputs of a workflow that is called, by name in lower case.
func (s scope) passed(with, root *source.Node) map[string]value {
	inputs := map[string]value{}
	declared := declaredBy(trigger(root), "workflow_call")
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		inputs[name] = s.entered(name, declared[name])
	}
	if with != nil {
		for _, given := range with.Members {
			inputs[strings.ToLower(given.Name)] = s.here(s.value(given.Value))
		}
	}
	return inputs
}
