package github

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (x *script) call(st *syntax.Stmt, call *syntax.CallExpr) (ended bool) {
	at := x.place(call)
	if !x.piped {
		x.since = x.logins.asked
	}
	x.substitutions(st)
	for _, assign := range call.Assigns {
		x.assign(assign, len(call.Args) == 0, at)
	}
	if len(call.Args) == 0 {
		return false
	}
	switch name, _ := x.expand(call.Args[0]).literal(); {
	case name == "exit" || name == "false" || name == "return" && x.frame == nil:
		return x.exits(st, call, at)
	case name == "return":
		x.returns()
		return true
	case name == "shift" || name == "set":
		x.setsOptions(call.Args[1:])
		x.shift(call.Args)
	case name == "trap" && len(call.Args) > 2 && call.Args[2].Lit() == "EXIT":
		x.atExit, _ = x.expand(call.Args[1]).literal()
		x.atExitFrom = at.Line - x.node.Place.Line - 1
	case name == "break" || name == "continue":
		x.left = true
		return true
	case name == "alias":
		x.aliases(x.arguments(call.Args[1:]), at)
	case name == "wait":
		x.waits()
	case name == "echo":
		x.echo(call.Args[1:], at)
	case x.readsInto(name, call):
	case len(setBy(call)) > 0:
		x.setters(name, setBy(call), at)
	case x.functions[name] != nil:
		return x.callFunction(x.functions[name], x.arguments(call.Args[1:]), at)
	default:
		x.with(call.Assigns, x.arguments(call.Args), at)
		x.mayEnd = x.mayEnd || name == "exec"
		return name == "exec" && len(call.Args) > 1
	}
	return false
}

func (x *script) place(node syntax.Node) source.Place {
	return x.line(x.node, x.from+x.read.Line(node.Pos()))
}

// with follows a command with variables in front.
func (x *script) with(assignments []*syntax.Assign, arguments []value, at source.Place) {
	outer := x.variables
	if len(assignments) > 0 {
		x.variables = newVariables(outer)
	}
	for _, assign := range assignments {
		x.set(assign.Name.Value, x.assigns(assign))
	}
	x.command(arguments, at)
	x.variables = outer
}

// assign follows NAME=VALUE. In front of a command it is for that command only.
func (x *script) assign(assign *syntax.Assign, alone bool, at source.Place) {
	name, v := assign.Name.Value, x.assigns(assign)
	if assign.Append && assign.Array != nil {
		v = x.step.join(valueOf(listSign), v)
	}
	if assign.Append {
		v = x.step.join(x.lookUp(name), v)
	}
	x.storedSetting(name, v, at)
	if alone {
		x.set(name, v)
	}
	if name == "PATH" {
		x.searches(v, at)
	}
}

func (x *script) assigns(assign *syntax.Assign) value {
	switch {
	case assign.Array != nil && assign.Index == nil:
		return x.list(assign.Array)
	case assign.Index != nil:
		return unknownValue(kindUnknown, facts.Short(x.read.Written(assign))+onlyThen)
	case assign.Value == nil:
		return valueOf("")
	}
	return x.expand(assign.Value)
}

// declare follows export and its like. Each of its words sees the variables as they were.
func (x *script) declare(clause *syntax.DeclClause) {
	at, command := x.place(clause), clause.Variant.Value
	values := make([]value, len(clause.Args))
	options := optionsOf(clause.Args)
	hides := command != "export" && command != "readonly" && !strings.Contains(options, "g")
	x.sets = x.sets || hides && strings.Contains(options, "n") // a name for another variable
	for i, assign := range clause.Args {
		if assign.Name != nil && hides {
			x.hide(assign.Name.Value)
		}
		if assign.Name == nil {
			values[i] = x.expand(assign.Value)
		} else if !assign.Naked {
			values[i] = x.assigns(assign)
		}
	}
	for i, assign := range clause.Args {
		switch {
		case assign.Name == nil:
			x.setter(command, values[i], at)
		case assign.Naked && command == "export" && strings.Contains(options, "n") && slices.Contains(wayVariables, assign.Name.Value):
			x.set(assign.Name.Value, valueOf("")) // for the commands behind it
		case assign.Naked:
			x.setter(command, valueOf(assign.Name.Value), at)
		default:
			x.storedSetting(assign.Name.Value, values[i], at)
			x.set(assign.Name.Value, values[i])
			if assign.Name.Value == "PATH" {
				x.searches(values[i], at)
			}
		}
	}
}

// optionsOf are the letters of the options of export and its like.
func optionsOf(words []*syntax.Assign) (letters string) {
	for _, word := range words {
		if word.Name == nil && word.Value != nil {
			if option, is := strings.CutPrefix(word.Value.Lit(), "-"); is {
				letters += option
			}
		}
	}
	return letters
}

func (x *script) setters(command string, words []*syntax.Word, at source.Place) {
	for _, word := range words {
		x.setter(command, x.expand(word), at)
	}
}

func (x *script) setter(command string, v value, at source.Place) {
	name, right, assigns := assigned(v)
	switch {
	case name == "" && v.hasUnknown():
		x.sets = true // which variable is not known, as in export "$(cat .env)"
	case assigns:
		x.storedSetting(name, right, at)
		x.set(name, right)
	case !syntax.ValidName(name):
	case command == "unset":
		x.set(name, valueOf(""))
	case command == "local" || command == "printf" || setters[command]:
		x.set(name, unknownValue(kindUnknown, "$"+facts.Short(name)+onlyThen))
	}
}

// assigned takes NAME=VALUE apart; without "=", the whole is the name.
func assigned(v value) (name string, right value, assigns bool) {
	if len(v) == 0 || len(v[0].text) == 0 || v[0].text[0].kind != kindKnown {
		return "", nil, false
	}
	name, _, assigns = strings.Cut(v[0].text[0].text, "=")
	for _, a := range v {
		if rest, ok := a.text.cutPrefix(name + "="); ok {
			right = append(right, a.as(rest))
		}
	}
	return name, right, assigns
}

// echo follows what a script prints to the files by which it sets variables and
// outputs for the steps behind it.
func (x *script) echo(words []*syntax.Word, at source.Place) {
	masks := len(words) > 0 && strings.Contains(x.read.Written(words[0]), addMask)
	if x.sink != "GITHUB_ENV" && x.sink != "GITHUB_OUTPUT" && !masks {
		return
	}
	printed := x.spaced(words)
	if masks {
		x.mask(printed)
		return
	}
	name, v, assigns := assigned(printed)
	sure := x.variables.outer == x.step.env
	switch {
	case !assigns:
		x.sets = x.sets || x.sink == "GITHUB_ENV"
	case x.sink == "GITHUB_ENV":
		x.wrote[name] = true
		x.storedSetting(name, v, at)
		x.write(name, v, at, sure && x.always)
	default:
		x.output(x.id, name, v, sure)
	}
}

// addMask begins a line that makes a secret of the rest of it. A job that masks more than maxMasks
// texts is taken to mask the first.
const (
	addMask  = "::add-mask::"
	maxMasks = 100
)

func (x *script) mask(printed value) {
	rest, _ := printed.cutPrefix(addMask)
	if mask, ok := rest.literal(); ok && mask != "" && len(x.masks) < maxMasks {
		x.masks = append(x.masks, mask)
	}
}

// substitutions follows the commands in $( ), <( ) and their like of a statement.
func (x *script) substitutions(st *syntax.Stmt) {
	sink, piped := x.sink, x.piped
	call, _ := st.Cmd.(*syntax.CallExpr)
	syntax.Walk(st, func(n syntax.Node) bool {
		var inner []*syntax.Stmt
		switch n := n.(type) {
		case *syntax.CmdSubst:
			inner = n.Stmts
		case *syntax.ProcSubst:
			inner = n.Stmts
		default:
			return true
		}
		x.sink, x.piped = "$(", false
		assigns := call != nil && len(call.Args) == 0 && len(inner) == 1 // so that its failure is the statement's
		x.apart(func() { x.test(!assigns, inner...) })
		x.sink, x.piped = sink, piped
		return false
	})
}
