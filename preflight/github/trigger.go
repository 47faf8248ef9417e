package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// The beginnings of refs of git.
const (
	branchRefs = "refs/heads/"
	tagRefs    = "refs/tags/"
	pullRefs   = "refs/pull/"
)

// outcomes are what the result of a job, and the outcome and the conclusion of a step, can be
// (https://docs.github.com/en/actions/reference/workflows-and-actions/contexts).
var outcomes = []string{"success", "failure", "cancelled", "skipped"}

var (
	ofOutcome = regexp.MustCompile(`^(needs\.[\w-]+\.result|steps\.[\w-]+\.(outcome|conclusion)|job\.status)$`)
	ofGitHub  = regexp.MustCompile(`^(\$|env\.)GITHUB_`)
)

// decided is the name, in lower case, of what a run decides, by the reason why it is not known: "github.ref" for $GITHUB_REF.
func decided(why string) string {
	return strings.ToLower(ofGitHub.ReplaceAllString(strings.TrimSuffix(why, onlyThen), "github."))
}

// canBe reports whether what a run decides is a text in some run of the workflow.
func (s scope) canBe(why, text string) bool {
	oneOf := func(all ...string) bool {
		return slices.ContainsFunc(all, func(one string) bool { return strings.EqualFold(one, text) })
	}
	switch name := decided(why); {
	case ofOutcome.MatchString(name):
		return oneOf(outcomes...)
	case name == "runner.os":
		return oneOf("Linux", "Windows", "macOS")
	case name == "github.event_name":
		return s.events == nil || oneOf(s.events...)
	case name == "github.ref":
		return s.canBeOf(text, true)
	case name == "github.ref_name":
		return s.canBeOf(branchRefs+text, true) || s.canBeOf(tagRefs+text, true) || s.canBeOf(pullRefs+text, true)
	case name == "github.ref_type":
		return oneOf("branch") && (s.canBeOf(branchRefs, false) || s.canBeOf(pullRefs, false)) || oneOf("tag") && s.canBeOf(tagRefs, false)
	}
	return true
}

// canBegin reports whether what a run decides begins with a text in some run of the workflow.
func (s scope) canBegin(why, text string) bool {
	return decided(why) != "github.ref" || s.canBeOf(text, false)
}

// canBeOf reports whether a run of the workflow may be of a ref or, if that is not whole, of one that begins so
// (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
func (s scope) canBeOf(ref string, whole bool) bool {
	ref = strings.ToLower(ref) // GitHub compares without regard to case
	if whole && !strings.HasPrefix(ref, branchRefs) && !strings.HasPrefix(ref, tagRefs) && !strings.HasPrefix(ref, pullRefs) {
		return false
	}
	return s.events == nil || s.on == nil || slices.ContainsFunc(s.events, func(event string) bool { return startsOf(s.on.Get(event), event, ref, whole) })
}

// startsOf reports whether an event starts runs of a ref.
func startsOf(of *source.Node, event, ref string, whole bool) bool {
	switch event {
	case "push":
		return passes(of, "branches", branchRefs, ref, whole) || passes(of, "tags", tagRefs, ref, whole)
	case "pull_request":
		closed := slices.ContainsFunc(of.Get("types").Values(), func(kind *source.Node) bool { return kind.Text == "closed" })
		return isWithin(pullRefs, ref) || closed && passes(of, "branches", branchRefs, ref, whole)
	case "pull_request_target":
		return passes(of, "branches", branchRefs, ref, whole)
	case "release":
		return isWithin(tagRefs, ref)
	case "issue_comment", "issues", "merge_group", "repository_dispatch", "schedule", "workflow_run":
		return isWithin(branchRefs, ref)
	}
	return true // such as one that a person starts, on any branch or tag
}

// isWithin reports whether a ref, or one that begins so, is of a kind.
func isWithin(kind, ref string) bool {
	return strings.HasPrefix(ref, kind) || strings.HasPrefix(kind, ref)
}

// passes reports whether a ref of a kind may pass the filter of an event.
func passes(of *source.Node, filter, kind, ref string, whole bool) bool {
	if !isWithin(kind, ref) {
		return false
	}
	name := strings.TrimPrefix(ref, kind)
	if len(ref) < len(kind) {
		name, whole = "", false
	}
	only, ignored := of.Get(filter), of.Get(filter+"-ignore")
	switch {
	case only != nil:
		return slices.ContainsFunc(only.Values(), func(pattern *source.Node) bool { return mayMatch(pattern.Text, name, whole) })
	case ignored != nil:
		return !whole || !slices.ContainsFunc(ignored.Values(), func(pattern *source.Node) bool { return strings.EqualFold(pattern.Text, name) })
	}
	return !of.Has("branches") && !of.Has("branches-ignore") && !of.Has("tags") && !of.Has("tags-ignore")
}

// slashInTag notes a push that fails in runs of some branches: those that start the workflow with a slash in their name,
// which is the image's tag.
func (j *job) slashInTag(s scope, ref alternative, tag pieces, at source.Place) {
	named := slices.ContainsFunc(tag, func(p piece) bool { return decided(p.text) == "github.ref_name" })
	if !named || len(s.guards)+len(s.given)+len(ref.world) > 0 || s.events == nil {
		return
	}
	for _, pattern := range s.on.Get("push", "branches").Values() {
		if strings.Contains(pattern.Text, "/") && !strings.HasPrefix(pattern.Text, "!") && strings.Trim(pattern.Text, "*/") != "" && j.once(at) {
			j.partial(at, "pushes nothing and fails in runs of branches such as "+facts.Quoted([]string{pattern.Text})+": their name is in the tag, and Docker refuses a tag with a slash",
				"make the tag of github.sha, or of docker/metadata-action (type=ref,event=branch), which replaces it")
		}
	}
}

// mayMatch reports whether a filter's pattern may match a name, or one that begins so.
func mayMatch(pattern, name string, whole bool) bool {
	written := strings.ToLower(pattern)
	if at := strings.IndexAny(written, "*?+[]!\\"); at >= 0 {
		written = written[:max(0, at-1)] // "?" and "+" are about the sign before them
		return strings.HasPrefix(name, written) || !whole && strings.HasPrefix(written, name)
	}
	return name == written || !whole && strings.HasPrefix(written, name)
}
