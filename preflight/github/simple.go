package github

import (
	"strings"

	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// simple follows assignments or a command.
func (x *script) simple(st *shell.Statement) (ended bool) {
	at := x.line(x.node, x.from+st.Line)
	if !st.Piped {
		x.since = x.logins.asked
	}
	x.substitutions(st.Words)
	for _, redirect := range st.Redirects {
		x.substitutions([]shell.Word{redirect.Target})
	}
	count := 0
	for _, word := range st.Words {
		if _, _, _, ok := word.Assignment(); !ok {
			break
		}
		count++
	}
	words := st.Words[count:]
	for _, word := range st.Words[:count] {
		x.assign(word, len(words) == 0, at)
	}
	if len(words) == 0 {
		return false
	}
	switch name, _ := x.expand(words[0]).literal(); {
	case name == "exit" || name == "return":
		return true
	case name == "break" || name == "continue":
		x.left = true
		return true
	case name == "echo":
		x.echo(words[1:], at)
	case setters[name]:
		x.setters(name, words[1:], at)
	default:
		x.with(st.Words[:count], x.arguments(words), at)
		return name == "exec" && len(words) > 1
	}
	return false
}

// with follows a command that has variables of its own.
func (x *script) with(assignments []shell.Word, arguments []value, at source.Place) {
	outer := x.variables
	if len(assignments) > 0 {
		x.variables = newVariables(outer)
	}
	for _, word := range assignments {
		name, right, _, _ := word.Assignment()
		x.set(name, x.expand(right))
	}
	x.command(arguments, at)
	x.variables = outer
}

// assign follows NAME=VALUE. In front of a command it is for that command only.
func (x *script) assign(word shell.Word, alone bool, at source.Place) {
	name, right, appends, _ := word.Assignment()
	v := x.expand(right)
	if appends {
		v = x.step.join(x.lookUp(name), v)
	}
	x.storedSetting(name, v, at)
	if alone {
		x.set(name, v)
	}
}

// setters follows a command that sets variables. Each of its words sees them as they
// were.
func (x *script) setters(command string, words []shell.Word, at source.Place) {
	all := make([]value, 0, len(words))
	for _, word := range words {
		all = append(all, x.expand(word))
	}
	for _, v := range all {
		x.setter(command, v, at)
	}
}

// setter follows one word of a command that sets variables.
func (x *script) setter(command string, v value, at source.Place) {
	name, right, assigns := named(v)
	switch {
	case assigns:
		x.storedSetting(name, right, at)
		x.set(name, right)
	case !shell.IsName(name):
	case command == "unset":
		x.set(name, valueOf(""))
	case command != "export" && command != "readonly" && command != "declare" && command != "typeset":
		x.set(name, unknownValue(unknown, "$"+short(name)+" is known only when the job runs"))
	}
}

// named takes NAME=VALUE apart; without "=", the whole is the name.
func named(v value) (name string, right value, assigns bool) {
	if len(v) == 0 || len(v[0].text) == 0 || v[0].text[0].kind != known {
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
func (x *script) echo(words []shell.Word, at source.Place) {
	if x.sink != "GITHUB_ENV" && x.sink != "GITHUB_OUTPUT" {
		return
	}
	printed := valueOf("")
	for i, word := range words {
		if i > 0 {
			printed = x.step.join(printed, valueOf(" "))
		}
		printed = x.step.join(printed, x.expand(word))
	}
	name, v, assigns := named(printed)
	sure := x.variables.outer == x.step.env
	switch {
	case !assigns:
	case x.sink == "GITHUB_ENV":
		x.wrote[name] = true
		x.storedSetting(name, v, at)
		x.write(name, v, at, sure && x.always)
	default:
		x.output(x.id, name, v, sure)
	}
}

// substitutions follows the commands in $( ).
func (x *script) substitutions(words []shell.Word) {
	if x.depth == maxSubstitutions {
		return
	}
	for _, word := range words {
		for _, part := range word.Parts {
			if part.Kind != shell.Substitution {
				continue
			}
			from, sink := x.from, x.sink
			x.from, x.sink = from+part.Line, "$("
			x.depth++
			x.apart(shell.Parse(part.Text))
			x.depth--
			x.from, x.sink = from, sink
		}
	}
}
