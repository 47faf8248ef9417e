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

// called are the jobs of a workflow, as a job calls it. The job itself is the first of
// them if it gives away a stored key, or if the workflow could not be read.
func (r *reader) called(member source.Member) []facts.Job {
	s := r.scope
	s.needed = needs(member.Value)
	s.matrix = s.matrixOf(member.Value.Get("strategy", "matrix"))
	caller := &job{reader: r, scope: s, node: member.Value, fact: facts.Job{Place: member.Place, Workflow: r.name, ID: member.Name}}
	caller.storedInCall()
	s, runs := s.when(member.Value.Get("if"))
	var jobs []facts.Job
	r.skipped[strings.ToLower(member.Name)] = !runs
	if runs {
		root := r.calledWorkflow(member.Value.Get("uses").Text)
		if root != nil {
			jobs = r.jobsOf(root, member, s)
		} else {
			caller.fact.UnreadCall = callOf(member.Value)
		}
	}
	if len(caller.fact.StoredKeys) > 0 || caller.fact.UnreadCall.Uses.There {
		jobs = append([]facts.Job{caller.fact}, jobs...)
	}
	return jobs
}

// calledWorkflow is a workflow of the same source repository, nil if it is not among the
// files or cannot be followed.
func (r *reader) calledWorkflow(uses string) *source.Node {
	name, isLocal := strings.CutPrefix(uses, local)
	if !isLocal || r.repository == nil || r.depth == maxCalls {
		return nil
	}
	root := r.repository(path.Clean(name))
	if !Recognize(root) || !r.scope.spend(sizeOf(root)) {
		return nil
	}
	return root
}

// jobsOf are the jobs of a workflow that a job calls in the runs of the scope.
func (r *reader) jobsOf(root *source.Node, member source.Member, s scope) []facts.Job {
	caller := &job{reader: r, node: member.Value}
	callee := &reader{root: root, granted: caller.permissions(), name: r.name, repository: r.repository, depth: r.depth + 1, blocks: blocksIn(root), keys: r.keys, held: r.held, waits: r.waits, failing: map[string]bool{}, building: map[string]bool{}, skipped: map[string]bool{}}
	callee.blockedBy, callee.blockedAt = r.unmet(member.Value)
	callee.enter(member.Value.Get("concurrency"))
	callee.enter(root.Get("concurrency"))
	callee.scope = scope{budget: s.budget, tagged: s.tagged, events: s.events, on: s.on, merges: s.merges, conditions: s.conditions, given: s.given, guards: s.guards, needs: map[string]value{}, inputs: s.passed(member.Value.Get("with"), root), secrets: s.handed(member.Value.Get("secrets"))}
	callee.scope = callee.scope.with(root.Get("env"))
	jobs := callee.all()
	if len(jobs) > 0 {
		var refused refusals
		refused.call(member, root, caller.permissions())
		jobs[0].Refusals = append(jobs[0].Refusals, refused...)
	}
	for i := range jobs {
		jobs[i].ID = member.Name + " / " + jobs[i].ID
	}
	r.scope.hand(member, trigger(root).Get("workflow_call", "outputs"), func(output *source.Node) value {
		return callee.scope.value(output.Get("value"))
	})
	return jobs
}

func callOf(node *source.Node) facts.Call {
	uses, secrets := node.Get("uses"), node.Get("secrets")
	call := facts.Call{Uses: facts.TextOf(uses, uses.Place), Inherits: secrets.Scalar() && secrets.Text == "inherit"}
	for _, secret := range secrets.Entries() {
		call.Secrets = append(call.Secrets, secret.Name)
	}
	return call
}

// handed are the secrets that a workflow gets from the job that calls it, in lower case.
func (s scope) handed(secrets *source.Node) []string {
	if secrets.Word() == "inherit" {
		return s.secrets
	}
	names := []string{"github_token"}
	for _, secret := range secrets.Entries() {
		names = append(names, strings.ToLower(secret.Name))
	}
	return names
}

// passed are the inputs of a workflow that is called, by name in lower case.
func (s scope) passed(with, root *source.Node) map[string]value {
	inputs := map[string]value{}
	declared := declaredBy(trigger(root), "workflow_call")
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		inputs[name] = s.entered(name, declared[name])
	}
	for _, given := range with.Entries() {
		name := strings.ToLower(given.Name)
		inputs[name] = s.here(s.value(given.Value))
		if declared[name].Word("type") == "string" {
			inputs[name] = asStrings(inputs[name])
		}
	}
	return inputs
}
