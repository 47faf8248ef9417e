package github

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// script follows the script of a step, with all that its variables may be.
type script struct {
	*job
	// step is the scope of expressions; variables are what the shell sees.
	step      scope
	variables *variables
	// id is the step's, "" if it has none.
	id   string
	node *source.Node
	// always reports that the step has no condition, and wrote are the variables
	// that it is known to set for the steps behind it.
	always bool
	wrote  map[string]bool
	// sink is the file of GitHub that the statement prints to, such as
	// "GITHUB_ENV"; "" if none.
	sink string
	// functions are the functions that the script declared so far, by name, and changing the variables that
	// they set; frame is the call that is followed, nil outside of functions.
	functions map[string]*shellFunction
	changing  map[string]bool
	frame     *frame
	// root says that root runs the statements.
	root bool
	// since is how many passwords were asked for before the statement.
	since int
	// left says that a round of the loop may end early.
	left bool
	// read is the script whose statements are followed. It begins at the line from, and
	// depth is how many scripts it is in.
	read        *shell.Script
	from, depth int
	// atExit is the script of "trap SCRIPT EXIT", and atExitFrom its line.
	atExit     string
	atExitFrom int
	// done says that the branch that is followed ended the script, and not in a failure.
	done bool
	// endsOnErrors reports that the shell ends where a command fails, in a pipe too with pipeFails; tested that it
	// does not because of where the statement stands, passedOver that the job goes on, and mayEnd that the script may
	// have ended so far, and not in a failure that fails the job.
	endsOnErrors, pipeFails, tested, passedOver, mayEnd bool
	// input is a statement's input, where the script writes it out (<<, <<<, or echo in front
	// of a pipe); nil otherwise.
	input value
	// piped reports that the statement reads what another prints.
	piped bool
	// unawaited is how many pushes of the steps before some runs don't make.
	unawaited int
	// mayFail reports that the statement is a condition, or that "||" says what is done where it fails.
	mayFail bool
	// decides reports that the statement is the last of those that "||" joins, so that its failure counts.
	decides bool
}

// maxScripts is how deep scripts are followed in which "bash -c" or eval runs another.
const maxScripts = 10

// shellOf returns the name of the shell of a step, and whether that ends where a command fails, as GitHub's own do, and
// where any command of a pipe fails
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference).
func (j *job) shellOf(step *source.Node) (name string, endsOnErrors, pipeFails bool) {
	for _, at := range []*source.Node{step.Get("shell"), j.node.Get("defaults", "run", "shell"), j.root.Get("defaults", "run", "shell")} {
		if at == nil || at.Kind == source.Null {
			continue
		}
		if strings.Contains(at.Text, "${{") {
			return "a shell that the run chooses", false, false
		}
		words := strings.Fields(at.Text)
		for _, word := range words {
			if name := path.Base(word); name != "env" {
				return name, len(words) == 1 || errexit.MatchString(at.Text), at.Text == "bash" || strings.Contains(at.Text, "pipefail")
			}
		}
		return "", false, false
	}
	return "bash", true, false
}

// errexit matches the option of a shell, or of set, that ends it where a command fails.
var errexit = regexp.MustCompile(`(^| )-(\w*e|o errexit)`)

var pushers = regexp.MustCompile(`\b(docker|podman|nerdctl|finch|buildctl|buildah|crane|skopeo|regctl|helm|oras)\b`)

// otherScript reads a script of another shell: where a push by one of the tools is in it, it
// may push anywhere.
func (j *job) otherScript(s scope, run *source.Node, shell string) {
	j.sets = true
	if tool := pushers.FindString(run.Text); tool != "" && shell != "" && strings.Contains(run.Text, "push") {
		j.push(s, alternative{text: textUnknown("a script of " + shell + " is not read, and " + tool + " is in it")}, run.Place, facts.Pushes, s.dockerConfig(false, run.Place))
	}
}

func (j *job) run(s scope, step, run *source.Node) {
	x := &script{job: j, step: s, variables: newVariables(s.env), node: run,
		functions: map[string]*shellFunction{}, changing: map[string]bool{}, wrote: map[string]bool{}, always: !step.Has("if"), unawaited: len(j.fact.Partial)}
	if id := step.Get("id"); id.Scalar() {
		x.id = id.Text
	}
	_, x.endsOnErrors, x.pipeFails = j.shellOf(step)
	x.passedOver = step.Has("continue-on-error")
	x.mayEnd = x.passedOver
	if helped(run.Text) {
		j.logins.helpers = append(j.logins.helpers, run.Text)
	}
	j.brings(run.Text)
	read := parsedScripts.of(run.Text)
	changesInFunctions(read.Statements, x.changing)
	x.readScript(read)
	x.followAtExit(read)
	x.followUncalled(read)
	x.otherWrites()
}

// followAtExit follows what the shell runs when it ends, which may be anywhere.
func (x *script) followAtExit(read *shell.Script) {
	if x.atExit == "" {
		return
	}
	x.apart(func() {
		x.passedOver = true
		x.mayChange(changesInAll(read.Statements))
		x.from = x.atExitFrom
		x.readScript(parsedScripts.of(x.atExit))
		x.from = 0
	})
}

// readScript follows a script up to where it cannot be read.
func (x *script) readScript(read *shell.Script) {
	outer := x.read
	x.read = read
	ended := x.statements(read.Statements)
	x.read = outer
	if read.Unread != "" && !ended {
		x.unread(x.line(x.node, x.from+read.UnreadLine), "the script cannot be read: "+read.Unread)
	}
}

// unread adds a push to anywhere, for a part of a script that is not followed.
func (x *script) unread(at source.Place, why string) {
	x.job.push(x.step, alternative{text: textUnknown(why)}, at, facts.Pushes, x.seen().dockerConfig(x.root, at))
}

// mayChange adds to what the variables may be that it is not known.
func (x *script) mayChange(names map[string]bool) {
	if x.frame != nil && names["@"] {
		x.frame.unknown = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x.set(name, append(x.before(name), unknownValue(kindUnknown, "$"+name+" changes in a loop")...))
	}
}

func (x *script) set(name string, v value) {
	x.variables.values[name] = variable{value: x.step.capped(v), at: x.node.Place}
}

// before returns what a variable may be, nothing if it is not set.
func (x *script) before(name string) value {
	if _, isSet := x.variables.get(name); !isSet {
		return nil
	}
	return slices.Clip(x.lookUp(name))
}

// seen returns the scope where the script is: the step's, with the script's variables.
func (x *script) seen() scope {
	s := x.step
	s.env = x.variables
	return s
}

// lookUp returns what a variable may be where the script is.
func (x *script) lookUp(name string) value {
	if v, ok := x.argument(name); ok {
		return v
	}
	return x.seen().variable(name, "$")
}
