package github

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// printed returns what a statement prints, where that is its words or its input; nil: it is not known.
func (x *script) printed(st *syntax.Stmt) value {
	switch command := st.Cmd.(type) {
	case *syntax.BinaryCmd:
		if tr, ok := command.Y.Cmd.(*syntax.CallExpr); ok && command.Op == syntax.Pipe {
			return x.replaced(x.printed(command.X), tr.Args)
		}
	case *syntax.CallExpr:
		if len(command.Assigns) > 0 || len(command.Args) == 0 {
			return nil
		}
		words := command.Args[1:]
		for len(words) > 0 && (slices.Contains([]string{"-n", "-e", "-ne"}, words[0].Lit()) || x.read.Written(words[0]) == `'%s\n'` || x.read.Written(words[0]) == `"%s\n"`) {
			words = words[1:]
		}
		switch name := command.Args[0].Lit(); {
		case name == "cat" && len(command.Args) == 1:
			return x.inputOf(st)
		case name == "echo" || name == "printf" && len(words) == len(command.Args)-2:
			return x.spaced(words)
		}
	}
	return nil
}

// spaced returns what "echo" prints of words.
func (x *script) spaced(words []*syntax.Word) value {
	printed := valueOf("")
	for i, word := range words {
		if i > 0 {
			printed = x.step.join(printed, valueOf(" "))
		}
		printed = x.step.join(printed, x.expand(word))
	}
	return printed
}

// inputOf returns the input that a statement writes out.
func (x *script) inputOf(st *syntax.Stmt) value {
	for _, redirect := range st.Redirs {
		if redirect.Hdoc != nil {
			return x.expand(redirect.Hdoc)
		}
	}
	return nil
}

// replaced returns what "tr SIGN SIGN" makes of a text; nil: it is not known.
func (x *script) replaced(v value, tr []*syntax.Word) value {
	if v == nil || len(tr) != 3 || tr[0].Lit() != "tr" {
		return nil
	}
	from, known := x.expand(tr[1]).literal()
	to, knownTo := x.expand(tr[2]).literal()
	if !known || !knownTo || len(from) != 1 || len(to) != 1 && to != `\n` {
		return nil
	}
	if to == `\n` {
		to = "\n"
	}
	return v.each(func(t pieces) pieces { return t.replaced(from, to) })
}

// lineRead returns the variable of a loop that reads a line into it for each round, "" if it is none.
func lineRead(condition []*syntax.Stmt) string {
	if len(condition) != 1 {
		return ""
	}
	command := condition[0].Cmd
	if or, is := command.(*syntax.BinaryCmd); is && or.Op == syntax.OrStmt {
		command = or.X.Cmd // || [ -n "$line" ], for a last line without an end
	}
	call, ok := command.(*syntax.CallExpr)
	if !ok || len(call.Args) < 2 || len(call.Args) > 3 || call.Args[0].Lit() != "read" || len(call.Args) == 3 && call.Args[1].Lit() != "-r" {
		return ""
	}
	return call.Args[len(call.Args)-1].Lit()
}

// lines returns the lines of a statement's input, each in the runs of a separate round.
func (x *script) lines() (lines value) {
	from := x.step.conditions.next()
	for _, a := range x.input {
		for _, line := range a.string().split("\n") {
			lines = append(lines, x.step.in(value{a.as(line)}, world{{from, len(lines)}})...)
		}
	}
	return x.step.capped(lines)
}

// readsInto follows a command that reads what the script writes out into a variable: "read", of the
// first line, or "mapfile -t", of all.
func (x *script) readsInto(command string, call *syntax.CallExpr) bool {
	if x.input == nil || command != "read" && command != "mapfile" && command != "readarray" || len(call.Args) < 2 {
		return false
	}
	options := ""
	for _, word := range call.Args[1 : len(call.Args)-1] {
		options += strings.TrimPrefix(word.Lit(), "-")
	}
	name, signs := call.Args[len(call.Args)-1].Lit(), x.separators(call)
	switch {
	case !syntax.ValidName(name):
		return false
	case command == "read" && signs != "" && (options == "a" || options == "ra" || options == "ar"):
		x.set(name, separated(firstLine(x.input), signs))
	case command == "read" && (options == "" || options == "r"):
		x.set(name, firstLine(x.input))
	case command != "read" && options == "t":
		x.set(name, separated(x.input, "\n"))
	default:
		return false
	}
	return true
}

// separators are the signs of IFS for a command, "" if they are not known.
func (x *script) separators(call *syntax.CallExpr) string {
	signs := blanks
	if v, isSet := x.variables.get("IFS"); isSet {
		signs, _ = v.literal()
	}
	for _, assign := range call.Assigns {
		if assign.Name.Value == "IFS" && assign.Value != nil {
			signs, _ = x.expand(assign.Value).literal()
		}
	}
	return signs
}

func firstLine(v value) value { return v.each(func(t pieces) pieces { return t.before("\n") }) }
