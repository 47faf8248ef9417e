package github

import (
	"maps"
	"path"
	"slices"
	"strings"

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
	// always says that the step has no condition, and wrote are the variables
	// that it is known to set for the steps behind it.
	always bool
	wrote  map[string]bool
	// sink is the file of GitHub that the statement prints to, such as
	// "GITHUB_ENV"; "" if none.
	sink string
	// assigned are the variables that a script with functions sets, and changing
	// those that its functions set; called says that a function is followed, which
	// may be called anywhere.
	assigned, changing map[string]bool
	called             bool
	// root says that root runs the statements.
	root bool
	// later are the pushes of functions.
	later []func()
	// since is how many passwords were asked for before the statement.
	since int
	// left says that a round of the loop may end early.
	left bool
	// from is the line at which the statements begin, depth how many
	// substitutions they are in.
	from, depth int
}

// maxSubstitutions is how deep $( ) is followed.
const maxSubstitutions = 3

// isShell says whether a step's script is one for a shell that is read here.
func (j *job) isShell(step *source.Node) bool {
	for _, at := range []*source.Node{step.Get("shell"), j.node.Get("defaults", "run", "shell"), j.root.Get("defaults", "run", "shell")} {
		if at == nil || at.Kind == source.Null {
			continue
		}
		for _, word := range strings.Fields(at.Text) {
			if name := path.Base(word); name != "env" {
				return name == "bash" || name == "sh"
			}
		}
		return false
	}
	return true
}

// run follows the script of a step.
func (j *job) run(s scope, step, run *source.Node) {
	statements := shell.Parse(run.Text)
	x := &script{job: j, step: s, variables: newVariables(s.env), node: run,
		assigned: map[string]bool{}, changing: map[string]bool{}, wrote: map[string]bool{}, always: !step.Has("if")}
	if id := step.Get("id"); id.Scalar() {
		x.id = id.Text
	}
	if changesInFunctions(statements, x.changing) {
		changes(statements, x.assigned)
	}
	j.logins.helper = j.logins.helper || helped(run.Text)
	x.statements(statements)
	for _, push := range x.later {
		push()
	}
	x.otherWrites()
}

// statements follows a list; ended says that what stands behind it is not reached.
func (x *script) statements(all []shell.Statement) (ended bool) {
	for i := range all {
		if x.statement(&all[i]) {
			return true
		}
	}
	return false
}

func (x *script) statement(st *shell.Statement) (ended bool) {
	outer := x.sink
	defer func() { x.sink = outer }()
	for _, redirect := range st.Redirects {
		if strings.HasPrefix(redirect.Operator, ">") {
			x.sink = sinkOf(redirect.Target)
		}
	}
	switch st.Kind {
	case shell.Choice:
		return x.choice(st)
	case shell.Loop:
		x.loop(st)
	case shell.Function:
		called := x.called
		x.called = true
		x.apart(st.Bodies[0])
		x.called = called
	case shell.Group:
		return x.statements(st.Bodies[0])
	case shell.Subshell:
		x.apart(st.Bodies[0])
	default:
		return x.simple(st)
	}
	return false
}

// apart follows statements whose variables are gone behind them.
func (x *script) apart(all []shell.Statement) {
	outer := x.variables
	x.variables = newVariables(outer)
	x.statements(all)
	x.variables = outer
}

// sinkOf is the file of GitHub that a redirection goes to.
func sinkOf(target shell.Word) string {
	if len(target.Parts) == 1 && target.Parts[0].Kind == shell.Variable && strings.HasPrefix(target.Parts[0].Text, "GITHUB_") {
		return target.Parts[0].Text
	}
	return ""
}

// choice follows every branch and keeps what each sets as what it may be.
func (x *script) choice(st *shell.Statement) (ended bool) {
	outer, from := x.variables, x.step.conditions.next()
	m := merge{}
	for i, body := range st.Bodies {
		x.variables = newVariables(outer)
		if !x.statements(body) {
			m.add(x.variables.values, world{{from, i}})
		}
	}
	x.variables = outer
	if !st.Whole {
		m.add(nil, world{{from, len(st.Bodies)}})
	}
	x.merge(&m)
	return len(m.branches) == 0
}

// loop follows the body once, with a variable for all the words, and with what an
// earlier round may have set. What is set where a round ends early is not followed.
func (x *script) loop(st *shell.Statement) {
	outer, from, left := x.variables, x.step.conditions.next(), x.left
	values := x.words(st.Words, from)
	names := map[string]bool{}
	changes([]shell.Statement{*st}, names)
	x.variables, x.left = newVariables(outer), false
	x.mayChange(names)
	if st.Name != "" {
		x.set(st.Name, values)
	}
	m := merge{}
	if !x.statements(st.Bodies[0]) {
		m.add(x.variables.values, nil)
	}
	x.variables = outer
	if len(values) == 0 || values.hasUnknown() {
		m.add(nil, nil) // it may not run at all
	}
	x.merge(&m)
	if x.left {
		x.mayChange(names)
	}
	x.left = left
}

// mayChange adds to what the variables may be that it is not known.
func (x *script) mayChange(names map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x.set(name, append(x.before(name), unknownValue(unknown, "$"+name+" changes in a loop")...))
	}
}

func (x *script) set(name string, v value) {
	x.variables.values[name] = variable{value: x.step.capped(v), at: x.node.Place}
}

// before is what a variable may be, nothing if it is not set.
func (x *script) before(name string) value {
	if _, isSet := x.variables.get(name); !isSet {
		return nil
	}
	return slices.Clip(x.lookUp(name))
}

// seen is what there is to see where the script is: the step's scope, with its variables.
func (x *script) seen() scope {
	s := x.step
	s.env = x.variables
	return s
}

// lookUp is what a variable may be where the script is.
func (x *script) lookUp(name string) value {
	if x.called && x.assigned[name] {
		return unknownValue(unknown, "$"+name+" is set before a function is called")
	}
	v := x.seen().variable(name, "$")
	if x.changing[name] {
		v = append(slices.Clip(v), unknownValue(unknown, "$"+name+" is set in a function")...)
	}
	return v
}
