package github

import (
	"fmt"
	"regexp"

	"mvdan.cc/sh/v3/syntax"

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

// failure matches what exit is given in a failure.
var failure = regexp.MustCompile(`^[1-9][0-9]*$`)

// exits follows "exit", and "false" or, outside of a function, "return" where these end the script. The lines after
// one that every run reaches are followed as if the step did not fail there.
func (x *script) exits(st *syntax.Stmt, call *syntax.CallExpr, at source.Place) (ended bool) {
	fails := call.Args[0].Lit() != "exit"
	if fails && (!x.endsOnErrors || x.tested || st.Negated) {
		return false
	}
	if !fails && len(call.Args) > 1 {
		code, _ := x.expand(call.Args[1]).literal()
		fails = failure.MatchString(code)
	}
	everyRun := x.variables.outer == x.step.env && x.always && x.composites == 0 && !x.mayEnd
	if fails && everyRun {
		x.breaks(at, fmt.Sprintf("has a step that ends in a failure in every run (%q)", facts.Short(x.read.Written(call))), "take it out, or put it behind a condition")
		return false
	}
	x.done = len(call.Args) < 2 && !fails || len(call.Args) > 1 && call.Args[1].Lit() == "0"
	x.mayEnd = x.mayEnd || !fails
	return true
}
