package github

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// Recognize reports whether the value is a workflow, or a part of one as articles
// print it: jobs with steps, without what starts them.
func Recognize(root *source.Node) bool {
	jobs := root.Get("jobs")
	if !jobs.Is(source.Map) {
		return false
	}
	if trigger(root) != nil {
		return true
	}
	runs := func(job source.Member) bool { return job.Value.Get("runs-on") != nil }
	part := func(job source.Member) bool { return job.Value.Get("steps") != nil || job.Value.Get("uses") != nil }
	known := func(member source.Member) bool { return definitions()["workflow-root"].member(member.Name) != "" }
	return slices.ContainsFunc(jobs.Members, runs) ||
		slices.ContainsFunc(jobs.Members, part) && !slices.ContainsFunc(root.Members, func(member source.Member) bool { return !known(member) })
}

func trigger(root *source.Node) *source.Node {
	if on := root.Get("on"); on != nil {
		return on
	}
	return root.Get("true")
}

// startedByTags reports whether nothing starts a workflow but a tag of git, or the release of one.
func startedByTags(on *source.Node) bool {
	if on == nil || len(on.Members) == 0 {
		return false
	}
	return !slices.ContainsFunc(on.Members, func(event source.Member) bool {
		tags := event.Name == "push" && event.Value.Has("tags") && !event.Value.Has("branches") && !event.Value.Has("branches-ignore")
		return !tags && event.Name != "release"
	})
}

// RecognizeAction reports whether the value is an action of a source repository.
func RecognizeAction(root *source.Node) bool {
	return root.Get("runs", "using").Scalar()
}

// RecognizeSteps reports whether the value is a list of steps, which people keep beside workflows and no workflow can
// use.
func RecognizeSteps(root *source.Node) bool {
	steps := root.Elements()
	return len(steps) > 0 && !slices.ContainsFunc(steps, func(step *source.Node) bool { return !step.Get("run").Scalar() && !step.Get("uses").Scalar() })
}

// local begins what is used of the workflow's own source repository.
const local = "./"

// OnlyCalled reports whether nothing starts a workflow but the call of another.
func OnlyCalled(root *source.Node) bool {
	on := trigger(root)
	if on == nil {
		return false
	}
	return on.Text == "workflow_call" || len(on.Members) == 1 && on.Members[0].Name == "workflow_call" ||
		len(on.Items) == 1 && on.Items[0].Text == "workflow_call"
}

// Calls returns the workflows of its own source repository that a workflow calls, by their paths
// from the top.
func Calls(root *source.Node) (paths []string) {
	for _, job := range root.Get("jobs").Entries() {
		if uses := job.Value.Get("uses"); uses.Scalar() && strings.HasPrefix(uses.Text, local) {
			paths = append(paths, path.Clean(strings.TrimPrefix(uses.Text, local)))
		}
	}
	return paths
}

// UsesFiles reports whether a workflow uses other files of its source repository.
func UsesFiles(root *source.Node) (uses bool) {
	root.Walk(func(n *source.Node) bool {
		if of := n.Get("uses"); of.Scalar() && strings.HasPrefix(of.Text, local) {
			uses = true
		}
		return !uses
	})
	return uses
}
