package github

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

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

// hasFile reports whether a step so far may have put files of a source repository at a path of the workspace.
func (j *job) hasFile(at string) bool {
	for ; !j.files && len(j.ran) > 0; j.ran = j.ran[1:] {
		uses, run := j.ran[0].Get("uses"), j.ran[0].Get("run")
		if folder := checkoutFolder(j.ran[0]); folder != "." {
			j.folders = append(j.folders, folder)
			continue
		}
		j.files = uses != nil && !withoutFiles.MatchString(uses.Text) || run.Is(source.String) && bringFiles.MatchString(run.Text)
	}
	at = path.Clean(at)
	return j.files || slices.ContainsFunc(j.folders, func(folder string) bool {
		return at == "." || strings.HasPrefix(folder+"/", at+"/") || strings.HasPrefix(at, folder+"/")
	})
}

// checkoutFolder is the folder of the workspace into which a step checks a source repository out; ".": the workspace
// itself, or the step may do something else.
func checkoutFolder(step *source.Node) string {
	name, _, _ := strings.Cut(step.Word("uses"), "@")
	folder := path.Clean(step.Word("with", "path"))
	if strings.TrimSpace(name) != "actions/checkout" || strings.Contains(folder, "${{") || strings.HasPrefix(folder, "..") {
		return "."
	}
	return folder
}

// lacksFile reports whether the workspace has nothing at a path: no step so far can have put anything there.
func (j *job) lacksFile(at string) bool { return !j.hasFile(at) && !j.scripted }

// missing is why a path of the workspace is not there, as a part of a sentence, and what to do about it.
func (j *job) missing() (why, fix string) {
	if len(j.folders) > 0 {
		return "and actions/checkout puts the source repository into " + facts.Quoted(j.folders) + " alone", fmt.Sprintf("write the path with %q in front, or leave \"path\" of actions/checkout out", j.folders[0])
	}
	return "and no step before it checks out the source repository: the runner has no such file", "put actions/checkout before it"
}

// fails adds the action's step, if it runs in every run and the job ends with it.
func (a *action) fails(at source.Place, why, fix string) {
	if !a.node.Has("if") && !a.node.Has("continue-on-error") {
		a.ends(at, why, fix)
	}
}

// ends adds a step that every run comes to and in which the job fails.
func (j *job) ends(at source.Place, why, fix string) {
	j.failsAlways = j.failsAlways || j.composites == 0
	j.breaks(at, why, fix)
}

// statusFunction matches a condition by which a job may run though one that it needs failed
// (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions).
var statusFunction = regexp.MustCompile(`(?i)\b(always|cancelled|failure)\s*\(`)

// unmet returns where a job names another that it needs and that fails in every run, "" if it does not, or if it
// may run nevertheless.
func (r *reader) unmet(job *source.Node) (name string, at source.Place) {
	for _, needed := range job.Get("needs").Values() {
		if r.failing[strings.ToLower(needed.Text)] && !statusFunction.MatchString(job.Word("if")) {
			return needed.Text, needed.Place
		}
	}
	return r.blockedBy, r.blockedAt
}

// waitsForJobs notes a job that never starts, because one that it needs fails.
func (j *job) waitsForJobs() {
	if name, at := j.unmet(j.node); name != "" {
		j.ends(at, fmt.Sprintf("never starts: it needs job %q, which fails in every run", facts.Short(name)), fmt.Sprintf("mend job %q, or let this one run without it", facts.Short(name)))
	}
}

// breaks adds a step that fails wherever a run comes to it, once for a place.
func (j *job) breaks(at source.Place, why, fix string) {
	if j.once(at) {
		j.fact.Broken = append(j.fact.Broken, facts.BrokenStep{Place: at, Why: why, Fix: fix})
	}
}

// failure matches what exit is given in a failure.
var failure = regexp.MustCompile(`^[1-9][0-9]*$`)

// variableName matches what a variable is called by custom, and no program.
var variableName = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// namesVariable reports whether a command is an assignment with a blank before its "=", for which bash looks for
// a program of the variable's name.
func (x *script) namesVariable(call *syntax.CallExpr) bool {
	name := call.Args[0].Lit()
	return len(call.Args) > 1 && strings.HasPrefix(x.read.Written(call.Args[1]), "=") && variableName.MatchString(name) && x.functions[name] == nil
}

// exits follows "exit", and where these end the script "false", what fails like it, and "return" outside of a
// function. The lines after one that every run reaches are followed as if the step did not fail there.
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
		fix := "take it out, or put it behind a condition"
		if x.namesVariable(call) {
			fix = fmt.Sprintf(`write %s=VALUE, with no blank on either side of "="`, call.Args[0].Lit())
		}
		x.ends(at, fmt.Sprintf("has a step that ends in a failure in every run (%q)", facts.Short(x.read.Written(call))), fix)
		return false
	}
	x.done = len(call.Args) < 2 && !fails || len(call.Args) > 1 && call.Args[1].Lit() == "0"
	x.mayEnd = x.mayEnd || !fails
	return true
}
