package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// payloads are the parts of "github.event" that not every event has, with those that do
// (https://docs.github.com/en/webhooks/webhook-events-and-payloads).
var payloads = map[string][]string{
	"client_payload":    {"repository_dispatch"},
	"comment":           {"issue_comment", "pull_request_review_comment", "commit_comment", "discussion_comment"},
	"commits":           {"push"},
	"deployment":        {"deployment", "deployment_status"},
	"deployment_status": {"deployment_status"},
	"head_commit":       {"push"},
	"issue":             {"issues", "issue_comment"},
	"merge_group":       {"merge_group"},
	"number":            {"pull_request", "pull_request_target"},
	"pull_request":      {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"},
	"release":           {"release"},
	"workflow_run":      {"workflow_run"},
}

// ofPullRequests are the events on which "github.head_ref" and "github.base_ref" are not empty.
var ofPullRequests = []string{"pull_request", "pull_request_target"}

// eventsOf are the events that start a workflow; nil if it is called, for those of its callers count.
func eventsOf(on *source.Node) (events []string) {
	if on.Scalar() {
		events = append(events, on.Text)
	}
	for _, item := range on.Elements() {
		events = append(events, item.Text)
	}
	for _, member := range on.Entries() {
		events = append(events, member.Name)
	}
	if slices.Contains(events, "workflow_call") {
		return nil
	}
	return events
}

// startedByPullRequests reports whether each run is of a pull request that is open: one that was merged
// runs on the branch.
func startedByPullRequests(on *source.Node, events []string) bool {
	closed := slices.ContainsFunc(on.Get("pull_request", "types").Values(), func(kind *source.Node) bool { return kind.Text == "closed" })
	return len(events) == 1 && events[0] == "pull_request" && !closed
}

// mayBeOfTag reports whether a run of the workflow may be of a tag of git.
func (r *reader) mayBeOfTag() bool {
	push := trigger(r.root).Get("push")
	branches := (push.Has("branches") || push.Has("branches-ignore")) && !push.Has("tags") && !push.Has("tags-ignore")
	return r.depth > 0 || r.scope.events == nil || slices.ContainsFunc(r.scope.events, func(event string) bool {
		return !slices.Contains(ofBranches, event) && !(event == "push" && branches)
	})
}

// ofBranches are events whose runs are of no tag of git.
var ofBranches = []string{"merge_group", "pull_request", "pull_request_target", "schedule"}

// isOfNoEvent reports whether a path of the context "github" is empty on every event that starts the
// workflow.
func (s scope) isOfNoEvent(path []string) bool {
	var having []string
	switch {
	case len(path) == 2 && (strings.EqualFold(path[1], "head_ref") || strings.EqualFold(path[1], "base_ref")):
		having = ofPullRequests
	case len(path) < 3 || !strings.EqualFold(path[1], "event"):
		return false
	default:
		having = payloads[strings.ToLower(path[2])]
	}
	return having != nil && s.events != nil && !slices.ContainsFunc(s.events, func(event string) bool { return slices.Contains(having, event) })
}
