package github

import (
	"regexp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// A step with an action of a path, such as ./build, fails unless a step before it may have brought the files
// there. withoutFiles are actions that leave nothing of a source repository on the runner, and bringFiles are
// commands that may.
var (
	withoutFiles = regexp.MustCompile(`^\s*(\./|docker://|docker/|aws-actions/|actions/setup-)`)
	bringFiles   = regexp.MustCompile(`\b(git|gh|svn|tar|unzip|curl|wget|cp|mv|ln|rsync|aws s3)\b`)
)

// hasFiles reports whether a step so far may have put files of a source repository on the runner.
func (j *job) hasFiles() bool {
	for ; !j.files && len(j.ran) > 0; j.ran = j.ran[1:] {
		uses, run := j.ran[0].Get("uses"), j.ran[0].Get("run")
		j.files = uses != nil && !withoutFiles.MatchString(uses.Text) || run.Is(source.String) && bringFiles.MatchString(run.Text)
	}
	return j.files
}

// lacksFiles reports whether the step has nothing in the workspace: no step so far can have put anything there.
func (j *job) lacksFiles() bool { return !j.hasFiles() && !j.scripted }

// fails adds the action's step, if it runs in every run and the job ends with it.
func (a *action) fails(at source.Place, why, fix string) {
	if !a.node.Has("if") && !a.node.Has("continue-on-error") {
		a.breaks(at, why, fix)
	}
}

// breaks adds a step that fails in every run, once for a place.
func (j *job) breaks(at source.Place, why, fix string) {
	if j.once(at) {
		j.fact.Broken = append(j.fact.Broken, facts.BrokenStep{Place: at, Why: why, Fix: fix})
	}
}
