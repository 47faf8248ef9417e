package github

import (
	"maps"
	"path"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// maxComposites is how deep actions are followed that use each other: GitHub's own limit
// (https://docs.github.com/en/actions/reference/limits).
const maxComposites = 10

// ofComposites are the contexts and functions that the steps of a composite action have
// (https://github.com/actions/runner/blob/main/src/Runner.Worker/action_yaml.json).
var ofComposites = []string{"github", "inputs", "strategy", "matrix", "steps", "job", "runner", "env", "hashFiles", "always", "success", "failure", "cancelled"}

// composite reads the steps of an action of the workflow's source repository as steps of
// the job. One that cannot be read is among the job's, and ok is false.
func (a *action) composite(uses string) (ok bool) {
	root := a.repositoryAction(strings.TrimPrefix(uses, local))
	if image := root.Get("runs", "image"); image.Scalar() {
		a.dockerImage(image.Text, a.node.Get("uses").Place)
	}
	if using := root.Get("runs", "using"); !using.Scalar() || using.Text != "composite" || a.composites == maxComposites || !a.scope.spend(sizeOf(root)) {
		if at := a.node.Get("uses").Place; a.once(at) {
			a.sets = true
			a.fact.Unread = append(a.fact.Unread, facts.Text{Value: uses, Place: at, There: true})
		}
		return false
	}
	maps.Copy(a.blocks, blocksIn(root))
	var refused refusals
	root.Get("runs", "steps").Walk(func(n *source.Node) bool {
		refused.template(n.Text, "a step", n.Place, ofComposites)
		return true
	})
	for _, refusal := range refused {
		a.breaks(refusal.Place, "uses an action that GitHub refuses: "+refusal.Value, "take it out; a step can give the action an input")
	}
	a.storedWithin(root.Get("runs"))
	inner := a.scope
	inner.inputs = a.inputsOf(root.Get("inputs"))
	inner.outputs, inner.steps = map[string]value{}, root.Get("runs", "steps")
	outer := a.job.scope
	a.job.scope = inner
	a.composites++
	a.steps(root.Get("runs", "steps"))
	a.composites--
	a.job.scope = outer
	for _, output := range root.Get("outputs").Entries() {
		a.outputs(output.Name, inner.value(output.Value.Get("value")))
	}
	return true
}

// repositoryAction is the file of an action in a folder, nil if it is not among the files.
func (r *reader) repositoryAction(folder string) *source.Node {
	if r.repository == nil {
		return nil
	}
	for _, name := range []string{"action.yml", "action.yaml"} {
		if root := r.repository(path.Join(folder, name)); root != nil {
			return root
		}
	}
	return nil
}

// inputsOf returns what the step gives for the inputs that an action declares, by name in
// lower case.
func (a *action) inputsOf(declared *source.Node) map[string]value {
	inputs := map[string]value{}
	for _, member := range declared.Entries() {
		inputs[strings.ToLower(member.Name)] = asStrings(a.scope.value(member.Value.Get("default")))
		if given := a.input(member.Name); given != nil {
			inputs[strings.ToLower(member.Name)] = asStrings(a.given(member.Name))
		}
	}
	return inputs
}
