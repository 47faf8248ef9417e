package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
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

// pathInWorkspace matches a build's context that is a folder of the runner's workspace.
var pathInWorkspace = regexp.MustCompile(`^(\.|[\w-]+(/[\w.-]+)*/?$)`)

// lacksContext reports whether a build takes its files from a workspace in which there are none.
func (j *job) lacksContext(context string) bool {
	return pathInWorkspace.MatchString(context) && j.lacksFiles()
}

func buildsFromNothing(context string) string {
	return fmt.Sprintf("builds from %q, and no step before it checks out the source repository: the runner has no such files", context)
}

// noContext looks for a build of files that are not there. In another folder than the workspace there may be some.
func (c *command) noContext() {
	folders := c.operands(buildOptions)
	if len(folders) == 0 || c.mayFail || c.tested || !c.always || c.elsewhere {
		return
	}
	if context := c.word(folders[len(folders)-1]); !slices.Contains(buildCommands, context) && c.lacksContext(context) {
		c.breaks(c.at, buildsFromNothing(context), "put actions/checkout before it")
	}
}

// makesNoFiles are commands that leave no files in the workspace, those with a list under these subcommands.
var makesNoFiles = map[string][]string{
	"aws":    {"configure", "ecr", "ecr-public", "sts"},
	"docker": {"build", "buildx", "image", "images", "info", "inspect", "login", "logout", "manifest", "ps", "pull", "push", "tag", "version"},
	":":      nil, "[": nil, "basename": nil, "cat": nil, "cut": nil, "date": nil, "dirname": nil, "echo": nil, "exit": nil, "false": nil, "grep": nil,
	"head": nil, "id": nil, "jq": nil, "ls": nil, "printf": nil, "pwd": nil, "set": nil, "sleep": nil, "tail": nil, "test": nil, "tr": nil,
	"true": nil, "uname": nil, "whoami": nil,
}

// notInWorkspace matches where a redirection makes no file of the workspace.
var notInWorkspace = regexp.MustCompile(`^"?(/dev/|\$\{?GITHUB_[A-Z_]+\}?"?$|&?[0-9-]$)`)

// makesFiles reports whether a script may make files in the workspace.
func makesFiles(read *shell.Script) (may bool) {
	may = read.Unread != ""
	for _, st := range read.Statements {
		syntax.Walk(st, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.Redirect:
				may = may || n.Hdoc == nil && !notInWorkspace.MatchString(read.Written(n.Word))
			case *syntax.CallExpr:
				may = may || len(n.Args) > 0 && !leavesNothing(n.Args)
			}
			return !may
		})
	}
	return may
}

// leavesNothing reports whether the command is one of those that leave no files in the workspace.
func leavesNothing(words []*syntax.Word) bool {
	subcommands, known := makesNoFiles[words[0].Lit()]
	return known && (len(subcommands) == 0 || len(words) > 1 && slices.Contains(subcommands, words[1].Lit()))
}

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

// everyRun reports whether every run comes by, as far as the script decides it, and fails where the script does.
func (x *script) everyRun() bool {
	return x.variables.outer == x.step.env && x.always && x.composites == 0 && !x.mayEnd
}

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
	if fails && x.everyRun() {
		fix := "take it out, or put it behind a condition"
		if x.namesVariable(call) {
			fix = fmt.Sprintf(`write %s=VALUE, with no blank on either side of "="`, call.Args[0].Lit())
		}
		x.breaks(at, fmt.Sprintf("has a step that ends in a failure in every run (%q)", facts.Short(x.read.Written(call))), fix)
		return false
	}
	x.done = len(call.Args) < 2 && !fails || len(call.Args) > 1 && call.Args[1].Lit() == "0"
	x.mayEnd = x.mayEnd || !fails
	return true
}
