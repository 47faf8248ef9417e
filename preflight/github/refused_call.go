package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// call refuses a job's call of the workflow that does not agree with what that declares
// (https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows). granted are the
// permissions of the job, nil if nothing sets them.
func (r *refusals) call(caller source.Member, root, granted *source.Node) {
	uses := caller.Value.Get("uses")
	if len(eventsOf(trigger(root))) > 0 {
		r.add(uses.Place, `%q is called and has no "on: workflow_call"`, facts.Short(uses.Text))
		return
	}
	declared := trigger(root).Get("workflow_call")
	r.given(caller, "input", caller.Value.Get("with"), declared.Get("inputs"))
	if caller.Value.Word("secrets") != "inherit" {
		r.given(caller, "secret", caller.Value.Get("secrets"), declared.Get("secrets"))
	}
	r.asked(uses, root.Get("permissions"), granted)
	for _, job := range root.Get("jobs").Entries() {
		r.asked(uses, job.Value.Get("permissions"), granted)
	}
}

// given refuses what a call gives that is not declared, and what it does not give that has to be.
func (r *refusals) given(caller source.Member, noun string, given, declared *source.Node) {
	named := func(of *source.Node, name string) bool {
		return slices.ContainsFunc(of.Entries(), func(other source.Member) bool { return strings.EqualFold(other.Name, name) })
	}
	for _, member := range given.Entries() {
		if !named(declared, member.Name) {
			r.add(member.Place, "%s %q is not declared by the workflow that job %q calls", noun, facts.Short(member.Name), caller.Name)
		}
	}
	for _, member := range declared.Entries() {
		if member.Value.Get("required").IsTrue() && !member.Value.Has("default") && !named(given, member.Name) {
			r.add(caller.Place, "job %q gives no %s %q, and the workflow that it calls requires it", caller.Name, noun, facts.Short(member.Name))
		}
	}
}

// asked refuses permissions of a called workflow, or of its jobs, that are more than its caller's. Where
// nothing sets those, they are the source repository's, which never has id-token.
func (r *refusals) asked(uses, permissions, granted *source.Node) {
	levels := []string{"none", "read", "write"}
	for _, scope := range permissions.Entries() {
		level := granted.Word(scope.Name)
		switch {
		case granted.Word() == "write-all", granted == nil && scope.Name != "id-token":
			level = "write"
		case granted.Word() == "read-all" && scope.Name != "id-token":
			level = "read"
		}
		if slices.Index(levels, scope.Value.Text) > max(0, slices.Index(levels, level)) {
			r.add(uses.Place, "%q asks for permission %q, and the job that calls it has %q", facts.Short(uses.Text), scope.Name+": "+scope.Value.Text, levels[max(0, slices.Index(levels, level))])
		}
	}
}
