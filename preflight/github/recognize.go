package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// names are those that a workflow may have at its top. "true" is what a reader of
// YAML 1.1 makes of "on".
var names = []string{"name", "run-name", "on", "true", "permissions", "env", "defaults", "concurrency", "jobs"}

// Recognize says whether the value is a workflow, or a part of one as articles
// print it: jobs with steps, without what starts them.
func Recognize(root *source.Node) bool {
	jobs := root.Get("jobs")
	if jobs == nil || jobs.Kind != source.Map {
		return false
	}
	if trigger(root) != nil {
		return true
	}
	for _, member := range root.Members {
		if !slices.Contains(names, member.Name) {
			return false
		}
	}
	for _, job := range jobs.Members {
		if job.Value.Get("steps") != nil || job.Value.Get("uses") != nil || job.Value.Get("runs-on") != nil {
			return true
		}
	}
	return false
}

// trigger is what starts the workflow.
func trigger(root *source.Node) *source.Node {
	if on := root.Get("on"); on != nil {
		return on
	}
	return root.Get("true")
}

// RecognizeAction says whether the value is an action of a source repository.
func RecognizeAction(root *source.Node) bool {
	return root.Get("runs", "using").Scalar()
}

// local begins what is used of the workflow's own source repository.
const local = "./"

// UsesFiles says whether a workflow uses other files of its source repository.
func UsesFiles(root *source.Node) (uses bool) {
	root.Walk(func(n *source.Node) bool {
		if of := n.Get("uses"); of.Scalar() && strings.HasPrefix(of.Text, local) {
			uses = true
		}
		return !uses
	})
	return uses
}
