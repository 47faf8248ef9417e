package github

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// shellFunction is a function that a script declares, in the script read that begins at the line
// from. running is in how many calls of it the script is.
type shellFunction struct {
	body    *syntax.Stmt
	read    *shell.Script
	from    int
	called  bool
	running int
}

// frame is a call of a function.
type frame struct {
	// arguments are the words behind its name, unless unknown reports that they are not known.
	arguments []value
	unknown   bool
	// variables are the innermost where the body begins, and hidden those that "local" hides; nil
	// of one that is not set outside.
	variables *variables
	hidden    map[string]*variable
	// returned reports that the function returns by that word, and early that it does so in a branch.
	returned, early bool
}

// declareFunction takes over a function, whose body is followed where it is called. One in front of
// a tool is not followed, unless it gives that its own words.
func (x *script) declareFunction(declared *syntax.FuncDecl) {
	x.brought = x.brought || isTool(declared.Name.Value)
	switch name := declared.Name.Value; {
	case !isTool(name):
		x.functions[name] = &shellFunction{body: declared.Body, read: x.read, from: x.from}
	case !passesOn(x.read.Written(declared.Body), name):
		x.unread(x.place(declared), "a function of the script stands in front of "+name)
	}
}

// isTool reports whether a name is that of a program that pushes or logs in.
func isTool(name string) bool { return name == "aws" || pushers.FindString(name) == name && name != "" }

// passesOn reports whether the body of a function runs the tool in front of which it stands, with its words.
func passesOn(body, tool string) bool {
	return regexp.MustCompile(`(command |sudo |sudo -E |/)` + regexp.QuoteMeta(tool) + ` (--?\S+ )*"\$@"`).MatchString(body)
}

// aliases follows "alias", which scripts have no use for unless they ask for it.
func (x *script) aliases(words []value, at source.Place) {
	for _, word := range words {
		x.brought = true
		if name, _, _ := assigned(word); isTool(name) && strings.Contains(x.node.Text, "expand_aliases") {
			x.unread(at, "an alias of the script stands in front of "+name)
		}
	}
}

// searches looks whether the shell finds the tools that are followed in a new PATH.
func (x *script) searches(path value, at source.Place) {
	if text, known := path.literal(); known && !slices.Contains(strings.Split(text, ":"), "/usr/bin") {
		x.unread(at, "the script looks for its tools in "+facts.Short(strconv.Quote(text))+" alone")
	}
}

// callFunction follows the body of a function; ended reports that the script ends in there.
func (x *script) callFunction(f *shellFunction, arguments []value, at source.Place) (ended bool) {
	if f.running > 1 {
		return false // what calls itself does the same again
	}
	if x.depth == maxScripts || !x.step.spend(int(f.body.End().Offset()-f.body.Pos().Offset())) {
		x.unread(at, "functions call each other too often to follow")
		return false
	}
	frame := &frame{arguments: arguments, unknown: f.running > 0, variables: x.variables, hidden: map[string]*variable{}}
	outer, read, from := x.frame, x.read, x.from
	x.frame, x.read, x.from = frame, f.read, f.from
	f.called = true
	f.running++
	x.depth++
	ended = x.statement(f.body) && !frame.returned
	x.depth--
	f.running--
	if frame.early {
		x.mayChange(changes(f.body))
	}
	for name, v := range frame.hidden {
		if delete(x.variables.values, name); v != nil {
			x.variables.values[name] = *v
		}
	}
	x.frame, x.read, x.from = outer, read, from
	return ended && f.running == 0
}

// returns ends a function.
func (x *script) returns() {
	if x.frame != nil {
		x.frame.returned = true
		x.frame.early = x.frame.early || x.variables != x.frame.variables
	}
}

// hide makes a variable one of the function's own.
func (x *script) hide(name string) {
	if x.frame == nil {
		return
	}
	if _, hidden := x.frame.hidden[name]; hidden {
		return
	}
	x.frame.hidden[name] = nil
	if v, isSet := x.variables.get(name); isSet {
		x.frame.hidden[name] = &v
	}
}

// shift drops the first argument of a function. Where a branch does it, or all are set anew, they
// are not known any more.
func (x *script) shift(words []*syntax.Word) {
	switch {
	case x.frame == nil:
	case len(words) > 1 || x.variables != x.frame.variables:
		x.frame.unknown = true
	case len(x.frame.arguments) > 0:
		x.frame.arguments = x.frame.arguments[1:]
	}
}

// argument is "$1" and its like; ok is false outside of a function.
func (x *script) argument(name string) (v value, ok bool) {
	n, err := strconv.Atoi(name)
	switch {
	case x.frame == nil || x.frame.unknown || n == 0 && name != "#":
		return nil, false
	case name == "#":
		return valueOf(strconv.Itoa(len(x.frame.arguments))), true
	case err != nil || n > len(x.frame.arguments):
		return valueOf(""), true
	}
	return x.frame.arguments[n-1], true
}

// wordsOfScripts matches what may be names in a script.
var wordsOfScripts = regexp.MustCompile(`[\w.-]+`)

// followUncalled follows the functions that the script names and does not call itself, such as one
// that another command runs: any variable may be what it is anywhere.
func (x *script) followUncalled(read *shell.Script) {
	if len(x.functions) == 0 {
		return
	}
	times := map[string]int{}
	for _, word := range wordsOfScripts.FindAllString(x.node.Text, -1) {
		times[word]++
	}
	x.variables = newVariables(x.variables)
	x.mayChange(changesInAll(read.Statements))
	x.passedOver = true
	for _, name := range slices.Sorted(maps.Keys(x.functions)) {
		if f := x.functions[name]; !f.called && times[name] > 1 {
			f.running++ // so its arguments are not known
			x.apart(func() { x.callFunction(f, nil, x.node.Place) })
			f.running--
		}
	}
}

// setsOptions follows "set -e" and "set +e".
func (x *script) setsOptions(words []*syntax.Word) {
	for _, word := range words {
		switch option := word.Lit(); {
		case errexit.MatchString(option):
			x.endsOnErrors = true
		case strings.HasPrefix(option, "+") && strings.Contains(option, "e"), option == "errexit" && words[0].Lit() == "+o":
			x.endsOnErrors = false
		}
		if word.Lit() == "pipefail" || strings.HasSuffix(word.Lit(), "pipefail") {
			x.pipeFails = words[0].Lit() != "+o"
		}
	}
}
