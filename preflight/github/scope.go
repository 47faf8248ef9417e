package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// scope has what an expression can refer to where it stands, in the runs that are
// looked at.
type scope struct {
	*budget
	// tagged says that tags of git alone start the workflow.
	tagged bool
	// events are the events that may start the workflow; nil: it is not known which.
	events []string
	// on is what starts the workflow, nil if it is not known.
	on *source.Node
	// merges reports whether the ref of every run is the merge of a pull request, "N/merge".
	merges bool
	// inputs are by name in lower case.
	inputs map[string]value
	// secrets are those that a called workflow gets, in lower case; nil: it is not known which.
	secrets []string
	// matrix is an object in each alternative; nil without a matrix.
	matrix value
	env    *variables
	// outputs are the outputs of earlier steps of the job, by "STEP.NAME" in lower
	// case.
	outputs map[string]value
	// steps are the steps of the job, or of the action, in which it stands; nil: it is not among them.
	steps *source.Node
	// ahead are the step in which it stands and those behind it, which have no outputs yet.
	ahead []*source.Node
	// needs are the outputs of the jobs that are read, by "JOB.NAME" in lower case; each such job is there too.
	needs map[string]value
	// needed are the jobs that the job names in "needs".
	needed []string
	// given are the choices of the runs that are looked at, guards the conditions of
	// which the files do not determine in which runs they hold.
	given  map[int]choices
	guards []string
	// conditions are the sources that stand for what is not known but the same
	// throughout a run.
	conditions *conditions
}

// conditions numbers the choices of a workflow.
type conditions struct {
	count int
	named map[string]int
}

func (c *conditions) next() int {
	c.count++
	return c.count
}

// of is the source of a condition, the same for the same words.
func (c *conditions) of(words string) int {
	if _, numbered := c.named[words]; !numbered {
		c.named[words] = c.next()
	}
	return c.named[words]
}

// variables are environment variables, or those of a script, that hide those
// further out.
type variables struct {
	values map[string]variable
	outer  *variables
}

// variable holds what a variable may be, and where it is set.
type variable struct {
	value
	at source.Place
}

func newVariables(outer *variables) *variables {
	return &variables{map[string]variable{}, outer}
}

// get finds a variable in the innermost place where it is set.
func (v *variables) get(name string) (found variable, ok bool) {
	for ; v != nil; v = v.outer {
		if found, ok = v.values[name]; ok {
			return found, true
		}
	}
	return variable{}, false
}

// with is the scope with the variables of an env object in it, which see only
// those further out.
func (s scope) with(env *source.Node) scope {
	inner := newVariables(s.env)
	for _, member := range env.Entries() {
		inner.values[member.Name] = variable{asStrings(s.value(member.Value)), member.Value.Place}
	}
	s.env = inner
	return s
}

// asStrings is the value as a variable has it: whatever its type, a string.
func asStrings(v value) value { return v.each(func(t pieces) pieces { return t }) }

func (s scope) narrow(worlds []world) scope {
	s.given = narrowed(s.given, worlds)
	return s
}

// when is the scope in the runs in which the condition of a job or step holds; ok
// is false if there is none.
func (s scope) when(condition *source.Node) (narrow scope, ok bool) {
	if condition == nil || condition.Kind == source.Null {
		return s, true
	}
	text := condition.Text
	if !strings.Contains(text, "${{") {
		text = "${{" + text + "}}"
	}
	return s.where(condition.Text, s.interpolate(text), alternative.truth)
}

// where is the scope in the runs in which a value holds, which is written as it is;
// ok is false if there is none.
func (s scope) where(written string, v value, holds func(alternative) (is, sure bool)) (narrow scope, ok bool) {
	var worlds, others []world
	open := false
	for _, a := range v {
		is, sure := holds(a)
		open = open || !sure
		if is || !sure {
			worlds = append(worlds, a.world)
		} else {
			others = append(others, a.world)
		}
	}
	if guard := condensed(written); guard != "" && (open || s.overlap(worlds, others)) {
		s.guards = append(slices.Clip(s.guards), guard)
	}
	return s.narrow(worlds), len(worlds) > 0
}

// overlap reports whether a run can be in worlds of both.
func (s scope) overlap(some, others []world) bool {
	for _, a := range some {
		for _, b := range others {
			if _, ok := a.and(b); ok || !s.spend(1) {
				return true
			}
		}
	}
	return false
}

// condensed is a condition without what its meaning does not depend on in runs that
// go well.
func condensed(condition string) string {
	condition = strings.NewReplacer("${{", "", "}}", "", " ", "", "\t", "", "\n", "").Replace(condition)
	return strings.NewReplacer("!cancelled()&&", "", "!failure()&&", "", "!cancelled()", "", "!failure()", "").Replace(condition)
}

// here are the alternatives of the runs that are looked at.
func (s scope) here(v value) value {
	if len(s.given) == 0 {
		return v
	}
	if !s.spend(len(v)) {
		return unknownValue(kindUnknown, tooMany)
	}
	var kept value
	for _, a := range v {
		if a.world.in(s.given) {
			kept = append(kept, a)
		}
	}
	return kept
}

// value returns a value in the file. One that is not there is "".
func (s scope) value(node *source.Node) value {
	switch {
	case node == nil || node.Kind == source.Null:
		return valueOf("")
	case node.Kind == source.Unknown:
		return unknownValue(kindUnknown, node.Text)
	case node.Kind == source.String:
		return s.interpolate(node.Text)
	case node.Scalar():
		return value{{text: textOf(scalar(node)), plain: true}}
	}
	return value{{node: node}}
}

// interpolate is a text with its expressions replaced. One that is an expression
// and nothing else keeps its type.
func (s scope) interpolate(text string) value {
	whole := valueOf("")
	for text != "" {
		start := strings.Index(text, "${{")
		if start < 0 {
			return s.join(whole, valueOf(text))
		}
		length := shell.ExpressionEnd(text[start:])
		if length < 0 {
			return unknownValue(kindUnknown, `"${{" has no "}}"`)
		}
		whole = s.join(whole, valueOf(text[:start]))
		whole = s.join(whole, s.expression(text[start+len("${{"):start+length-len("}}")]))
		text = text[start+length:]
	}
	return whole
}
