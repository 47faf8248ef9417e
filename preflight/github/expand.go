package github

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/pattern"
	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
)

// onlyThen ends the reason of what a run decides.
const onlyThen = " is known only when the job runs"

// expand returns what a word may be.
func (x *script) expand(word *syntax.Word) value {
	return x.parts(word.Parts, false)
}

func (x *script) parts(parts []syntax.WordPart, quoted bool) value {
	if len(parts) == 1 {
		return x.part(parts[0], quoted)
	}
	whole := valueOf("")
	for _, part := range parts {
		whole = x.step.join(whole, x.part(part, quoted))
	}
	return whole
}

func (x *script) part(part syntax.WordPart, quoted bool) value {
	switch part := part.(type) {
	case *syntax.Lit:
		if quoted {
			return x.literal(unescaped(part.Value, quoted), "\"$`\\")
		}
		return x.literal(unescaped(part.Value, quoted), "\"'$`\\\n")
	case *syntax.SglQuoted:
		if !part.Dollar {
			return x.literal(part.Value, "'")
		}
	case *syntax.DblQuoted:
		return x.parts(part.Parts, true)
	case *syntax.ParamExp:
		return x.parameter(part)
	case *syntax.CmdSubst:
		written := x.read.Written(part)
		if asksAccount(written) {
			return accountOf(x.logins.as)
		}
		if len(part.Stmts) == 1 {
			if printed := x.printed(part.Stmts[0]); printed != nil {
				return printed
			}
		}
		if !x.step.tagged && x.printsAgain(part.Stmts) {
			return unknownValue(kindContent, facts.Short(written)+onlyThen)
		}
		return unknownValue(kindFresh, facts.Short(written)+onlyThen)
	}
	return unknownValue(kindUnknown, facts.Short(x.read.Written(part))+onlyThen)
}

// literal returns what GitHub makes of a literal, in which the signs mean something to the shell.
func (x *script) literal(text, signs string) value {
	if !shell.HasExpression(text) {
		return valueOf(text)
	}
	whole := valueOf("")
	for _, piece := range x.read.Pieces(text) {
		v := valueOf(piece.Text)
		if piece.Expression {
			v = x.pasted(piece.Text, signs)
		}
		whole = x.step.join(whole, v)
	}
	return whole
}

// unescaped is a literal without the backslashes that the shell takes out.
func unescaped(literal string, quoted bool) string {
	if !strings.Contains(literal, `\`) {
		return literal
	}
	var text strings.Builder
	for i := 0; i < len(literal); i++ {
		if literal[i] == '\\' && i+1 < len(literal) && (!quoted || strings.IndexByte("$`\"\\", literal[i+1]) >= 0) {
			i++
		}
		text.WriteByte(literal[i])
	}
	return text.String()
}

// parameter is ${NAME}, ${NAME:-DEFAULT}, or a form of which the value is not followed.
func (x *script) parameter(p *syntax.ParamExp) value {
	if isWholeList(p) {
		return x.joined(p.Param.Value)
	}
	if p.Index != nil && isUnchanged(p) {
		return x.element(p)
	}
	if p.Param == nil || p.Excl || p.Length || p.Index != nil || p.Slice != nil || p.Repl != nil || p.Names != 0 {
		return x.altered(p)
	}
	if p.Exp == nil {
		return firstElement(x.lookUp(p.Param.Value))
	}
	switch p.Exp.Op {
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		return firstElement(x.lookUp(p.Param.Value))
	case syntax.DefaultUnsetOrNull:
		return x.orDefault(p)
	case syntax.AssignUnsetOrNull:
		v := x.orDefault(p)
		x.set(p.Param.Value, v)
		return v
	}
	v := x.altered(p)
	if p.Exp.Op == syntax.AssignUnset {
		x.set(p.Param.Value, v)
	}
	return v
}

// asksAccount reports whether a script prints the account of the runner's role and nothing
// else.
func asksAccount(script string) bool {
	words := strings.Fields(strings.NewReplacer("$(", "", "`", "", ")", "", "\"", "", "'", "", "=", " ", "\\\n", " ").Replace(script))
	at := slices.Index(words, "--query")
	return len(words) > 4 && words[0] == "aws" && slices.Contains(words, "get-caller-identity") && slices.Contains(words, "text") &&
		!strings.ContainsAny(script, "|;&") && at >= 0 && at+1 < len(words) && words[at+1] == "Account"
}

// orDefault is ${NAME:-DEFAULT}.
func (x *script) orDefault(p *syntax.ParamExp) value {
	preset := valueOf("")
	if p.Exp.Word != nil {
		preset = x.expand(p.Exp.Word)
	}
	var v value
	for _, a := range firstElement(x.lookUp(p.Param.Value)) {
		is, sure := a.truth()
		if is || !sure {
			v = append(v, a.set())
		}
		if !is {
			v = append(v, x.step.in(preset, a.world)...)
		}
	}
	return x.step.capped(v)
}

// pasted returns what GitHub puts into the script for an expression. The shell reads it
// like the script around it, in which the signs mean something.
func (x *script) pasted(expression, signs string) value {
	v := x.step.expression(expression)
	for i, a := range v {
		for _, p := range a.text {
			if p.kind == kindKnown && strings.ContainsAny(p.text, signs) {
				v = append(value{}, v...)
				v[i].text = textUnknown(facts.Short("${{ "+expression+" }}") + " holds signs of the shell, such as a line break, which bash reads as its own: pass it by env")
			}
		}
	}
	return v
}

// arguments are the words of a command as the shell passes them on.
func (x *script) arguments(words []*syntax.Word) []value {
	arguments := make([]value, 0, len(words))
	for _, word := range words {
		if x.isArguments(word) {
			arguments = append(arguments, x.frame.arguments...)
			continue
		}
		v, signs := x.spread(word)
		v = x.step.capped(v)
		if fields, splits := fieldsOf(v, signs); splits && signs != "" {
			arguments = append(arguments, fields...)
		} else {
			arguments = append(arguments, v)
		}
	}
	return arguments
}

// blanks are the characters that the shell splits words at.
const blanks = " \t\n"

// fieldsOf are the words that the shell makes at the signs of what a word stands for; splits is false
// if it is one in any case. What is not known is taken to have no blanks. A word that every alternative has
// at its place is one, and another is there in the runs of its alternative.
func fieldsOf(v value, signs string) (fields []value, splits bool) {
	splits = len(v) == 1
	for _, a := range v {
		for i, part := range a.string().split(signs) {
			if i == len(fields) {
				fields = append(fields, nil)
			}
			fields[i] = append(fields[i], a.as(part))
			splits = splits || i > 0
		}
	}
	for i, field := range fields {
		if len(v) > 1 && len(field) == len(v) && !slices.ContainsFunc(field, func(a alternative) bool { return !slices.Equal(a.text, field[0].text) }) {
			fields[i] = value{{text: field[0].text}}
		}
	}
	return fields, splits
}

// splits reports whether the shell makes words of what a word stands for.
func (x *script) splits(word *syntax.Word) bool {
	if len(word.Parts) != 1 {
		return false
	}
	switch part := word.Parts[0].(type) {
	case *syntax.ParamExp, *syntax.CmdSubst:
		return true
	case *syntax.Lit:
		if shell.HasExpression(part.Value) {
			pieces := x.read.Pieces(part.Value)
			return len(pieces) == 1 && pieces[0].Expression
		}
	}
	return false
}

// words returns what the variable of a loop may be.
func (x *script) words(words []*syntax.Word, from int) value {
	var values value
	for _, word := range words {
		all, signs := x.spread(word)
		if x.isArguments(word) {
			all, signs = slices.Concat(x.frame.arguments...), ""
		}
		for _, a := range all {
			fields := []pieces{a.text}
			if whole, ok := a.text.known(); signs != "" {
				fields = a.text.split(signs)
			} else if ok && x.globs(word) {
				fields = []pieces{textUnknown(facts.Short(whole) + " stands for several words")}
			}
			for _, field := range fields {
				values = append(values, x.step.in(value{a.as(field)}, world{{from, len(values)}})...)
			}
		}
		if len(values) > maxAlternatives {
			break
		}
	}
	return x.step.capped(values)
}

// globs reports whether the shell makes other words of a literal.
func (x *script) globs(word *syntax.Word) bool {
	for _, part := range word.Parts {
		literal, ok := part.(*syntax.Lit)
		if _, glob := part.(*syntax.ExtGlob); glob || ok && (pattern.HasMeta(literal.Value, 0) || strings.Contains(literal.Value, "{")) {
			return true
		}
	}
	return false
}
