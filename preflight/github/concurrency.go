package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

var (
	workflowName = regexp.MustCompile(`\$\{\{\s*github\.workflow\s*\}\}`)
	// differsInRun matches an expression that may be another text elsewhere in the run.
	differsInRun = regexp.MustCompile(`(?i)\$\{\{[^}]*\b(env|inputs|matrix|needs|strategy|github\.(job|event\.inputs))\b`)
)

// enter adds a concurrency group to those that the run holds. A run that is to wait for one of them is
// canceled (https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency).
func (r *reader) enter(concurrency *source.Node) {
	group := concurrency
	if concurrency.Has("group") {
		group = concurrency.Get("group")
	}
	if !group.Scalar() || group.Text == "" || differsInRun.MatchString(group.Text) {
		return
	}
	// A workflow that is called has its caller's name, and GitHub compares groups without case.
	name := strings.ToLower(workflowName.ReplaceAllLiteralString(group.Text, r.name))
	if slices.Contains(r.held, name) && r.waits == nil {
		r.waits = group
	}
	r.held = append(slices.Clip(r.held), name)
}

// waitsForRun notes a job that waits for a concurrency group of its own run.
func (j *job) waitsForRun() {
	r := *j.reader
	r.enter(j.node.Get("concurrency"))
	if r.waits != nil {
		j.breaks(r.waits.Place, "waits for concurrency group "+facts.Quoted([]string{r.waits.Text})+", which its own run holds already: GitHub cancels the run", "give it another group, or take it out")
	}
}
