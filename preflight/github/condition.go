package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
)

// holds is what a statement's test of words comes to in every run; sure is false if that is not known,
// if the script may have set what it tests, or if it is no such test.
func (x *script) holds(st *syntax.Stmt) (is, sure bool) {
	operator, words := testOf(st)
	if call, is := st.Cmd.(*syntax.CallExpr); is && len(call.Args) == 1 && constants.MatchString(call.Args[0].Lit()) {
		return (call.Args[0].Lit() != "false") != st.Negated, true
	}
	if name := soleVariable(words); (operator == "-n" || operator == "-z") && setByGitHub.MatchString(name) {
		if _, set := x.variables.get(name); !set {
			return (operator == "-n") != st.Negated, true
		}
	}
	if x.isNever(operator, words) {
		return (operator == "!=") != st.Negated, true
	}
	var texts [2]string
	for i, word := range words {
		v := x.expand(word)
		text, known := v.literal()
		if known = known || v.isNothing(); !known || !x.isFollowed(word) || !isQuoted(word) && (text == "" || strings.ContainsAny(text, " \t\n*?[")) {
			return false, false // the shell would take it for several words, for none, or for a pattern
		}
		texts[i] = text
	}
	switch operator {
	case "-n":
		is = texts[0] != ""
	case "-z":
		is = texts[0] == ""
	case "=", "==":
		is = texts[0] == texts[1]
	case "!=":
		is = texts[0] != texts[1]
	default:
		return false, false
	}
	return is != st.Negated, true
}

// isNever reports whether a test compares what a run decides with a text that it is in no run.
func (x *script) isNever(operator string, words []*syntax.Word) bool {
	if len(words) != 2 || !slices.Contains([]string{"=", "==", "!="}, operator) {
		return false
	}
	for i, word := range words {
		v, other := x.expand(word), words[1-i]
		text, known := x.expand(other).literal()
		if known && (isQuoted(other) || !strings.ContainsAny(text, "*?[")) && len(v) == 1 && len(v[0].text) == 1 && !x.step.canBe(v[0].text[0].text, text) {
			return true
		}
	}
	return false
}

// isNeverCase reports whether what a run decides is in no run what an item of a "case" asks for, and notes pushes there.
func (x *script) isNeverCase(of *syntax.Word, item *syntax.CaseItem) bool {
	for _, pattern := range item.Patterns {
		if !x.isNever("==", []*syntax.Word{of, pattern}) {
			return false
		}
	}
	x.neverDone(item, "case "+x.read.Written(of)+" of "+x.read.Written(item.Patterns[0]), item.Stmts)
	return true
}

// skips notes statements that no run comes to for a test of what a run decides, if they would push.
func (x *script) skips(test *syntax.Stmt, body []*syntax.Stmt) {
	if operator, words := testOf(test); x.isNever(operator, words) {
		x.neverDone(test, x.read.Written(test), body)
	}
}

// neverDone notes statements that no run comes to, if they would push.
func (x *script) neverDone(at syntax.Node, condition string, body []*syntax.Stmt) {
	pushes := slices.ContainsFunc(body, func(st *syntax.Stmt) bool {
		text := x.read.Written(st)
		return pushers.MatchString(text) && pushWord.MatchString(text)
	})
	if pushes && x.namesECR() && x.once(x.place(at)) {
		x.fact.Never = append(x.fact.Never, facts.BrokenStep{Place: x.place(at), Why: fmt.Sprintf("pushes in no run: %q never holds%s", facts.Short(condition), x.ofStart()), Fix: whereToPush})
	}
}

// narrowed returns what runs can choose where a statement's test of one word holds, and where it does not; nil
// if that is not known.
func (x *script) narrowed(st *syntax.Stmt) (holding, failing map[int]choices) {
	operator, words := testOf(st)
	if len(words) != 1 || operator != "-n" && operator != "-z" || !isQuoted(words[0]) || !x.isFollowed(words[0]) {
		return nil, nil
	}
	var some, none []world
	for _, a := range x.step.here(x.expand(words[0])) {
		empty := value{a}.isNothing()
		if given := slices.ContainsFunc(a.text, func(p piece) bool { return p.kind == kindKnown }); !given {
			none = append(none, a.world)
		}
		if !empty {
			some = append(some, a.world)
		}
	}
	if len(some) == 0 || len(none) == 0 {
		return nil, nil
	}
	if (operator == "-z") != st.Negated {
		some, none = none, some
	}
	return x.step.narrow(some).given, x.step.narrow(none).given
}

// setByGitHub matches variables that GitHub gives every job, and that are never empty
// (https://docs.github.com/en/actions/reference/workflows-and-actions/variables).
var setByGitHub = regexp.MustCompile(`^GITHUB_(ACTOR|ENV|EVENT_NAME|JOB|OUTPUT|PATH|REF|REF_NAME|REPOSITORY|REPOSITORY_OWNER|RUN_(ID|NUMBER|ATTEMPT)|SHA|WORKFLOW|WORKSPACE)$`)

// soleVariable returns the variable that is all of the words of a test, in quotes; "" if they are something else.
func soleVariable(words []*syntax.Word) string {
	if len(words) != 1 || !isQuoted(words[0]) {
		return ""
	}
	quoted, _ := words[0].Parts[0].(*syntax.DblQuoted)
	if quoted == nil || len(quoted.Parts) != 1 {
		return ""
	}
	parameter, is := quoted.Parts[0].(*syntax.ParamExp)
	if !is || !parameter.Short && (parameter.Exp != nil || parameter.Length || parameter.Slice != nil || parameter.Repl != nil || parameter.Excl || parameter.Index != nil) {
		return ""
	}
	return parameter.Param.Value
}

// constants are the commands that always come to the same.
var constants = regexp.MustCompile(`^(true|false|:)$`)

// isFollowed reports whether what sets the variables in a word is all followed.
func (x *script) isFollowed(word *syntax.Word) bool {
	given := !x.sets
	syntax.Walk(word, func(n syntax.Node) bool {
		if parameter, is := n.(*syntax.ParamExp); is && given {
			name := parameter.Param.Value
			_, set := x.variables.get(name)
			given = (set || alwaysTrue[name]) && !x.changing[name]
		}
		return given
	})
	return given
}

// testOf takes the test of one word or two apart that [[, [ or test makes, "" if it is another.
func testOf(st *syntax.Stmt) (operator string, words []*syntax.Word) {
	switch command := st.Cmd.(type) {
	case *syntax.TestClause:
		switch test := command.X.(type) {
		case *syntax.Word:
			return "-n", []*syntax.Word{test}
		case *syntax.UnaryTest:
			if word, is := test.X.(*syntax.Word); is {
				return test.Op.String(), []*syntax.Word{word}
			}
		case *syntax.BinaryTest:
			left, is := test.X.(*syntax.Word)
			if right, too := test.Y.(*syntax.Word); is && too {
				return test.Op.String(), []*syntax.Word{left, right}
			}
		}
	case *syntax.CallExpr:
		args := command.Args
		if len(args) == 0 || args[0].Lit() != "[" && args[0].Lit() != "test" {
			return "", nil
		}
		if args[0].Lit() == "[" {
			args = args[:len(args)-1]
		}
		switch len(args) {
		case 2:
			return "-n", args[1:]
		case 3:
			return args[1].Lit(), args[2:]
		case 4:
			return args[2].Lit(), []*syntax.Word{args[1], args[3]}
		}
	}
	return "", nil
}

func isQuoted(word *syntax.Word) bool {
	if len(word.Parts) != 1 {
		return false
	}
	_, double := word.Parts[0].(*syntax.DblQuoted)
	_, single := word.Parts[0].(*syntax.SglQuoted)
	return double || single
}
