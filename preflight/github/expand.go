package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
)

// expand is what a word may be.
func (x *script) expand(word shell.Word) value {
	if text, ok := word.Literal(); ok {
		return valueOf(text)
	}
	whole := valueOf("")
	for i := range word.Parts {
		whole = x.step.join(whole, x.part(&word.Parts[i]))
	}
	return whole
}

func (x *script) part(part *shell.Part) value {
	const onlyThen = " is known only when the job runs"
	switch part.Kind {
	case shell.Literal:
		return valueOf(part.Text)
	case shell.Variable:
		if part.Default != nil {
			return x.orDefault(part)
		}
		return x.lookUp(part.Text)
	case shell.Expression:
		return x.pasted(part.Text)
	case shell.Substitution:
		if asksAccount(part.Text) {
			return valueOf(facts.RoleAccount)
		}
		return unknownValue(fresh, short("$("+part.Text+")")+onlyThen)
	}
	return unknownValue(unknown, short(part.Text)+onlyThen)
}

// asksAccount says whether a script prints the account of the runner's role and nothing
// else.
func asksAccount(script string) bool {
	words := strings.Fields(strings.NewReplacer("\"", "", "'", "", "=", " ", "\\\n", " ").Replace(script))
	at := slices.Index(words, "--query")
	return len(words) > 4 && words[0] == "aws" && slices.Contains(words, "get-caller-identity") && slices.Contains(words, "text") &&
		!strings.ContainsAny(script, "|;&") && at >= 0 && at+1 < len(words) && words[at+1] == "Account"
}

// orDefault is ${NAME:-DEFAULT}.
func (x *script) orDefault(part *shell.Part) value {
	preset := x.expand(*part.Default)
	var v value
	for _, a := range x.lookUp(part.Text) {
		is, sure := a.truth()
		if is || !sure {
			v = append(v, a)
		}
		if !is {
			v = append(v, x.step.in(preset, a.world)...)
		}
	}
	return x.step.capped(v)
}

// pasted is what GitHub puts into the script for an expression. The shell reads it
// like the script around it.
func (x *script) pasted(expression string) value {
	v := x.step.expression(expression)
	for i, a := range v {
		for _, p := range a.text {
			if p.kind == known && strings.ContainsAny(p.text, "\"'$`\\\n") {
				v = append(value{}, v...)
				v[i].text = textUnknown(short("${{ "+expression+" }}") + " holds signs of the shell")
			}
		}
	}
	return v
}

// arguments are the words of a command as the shell passes them on.
func (x *script) arguments(words []shell.Word) []value {
	arguments := make([]value, 0, len(words))
	for _, word := range words {
		v := x.step.capped(x.expand(word))
		text, ok := v.literal()
		if !ok || !splits(word) {
			arguments = append(arguments, v)
			continue
		}
		for _, field := range strings.Fields(text) {
			arguments = append(arguments, valueOf(field))
		}
	}
	return arguments
}

// splits says whether the shell makes words of what a word stands for.
func splits(word shell.Word) bool {
	return len(word.Parts) == 1 && word.Parts[0].Kind != shell.Literal && !word.Parts[0].Quoted
}

// words are what the variable of a loop may be.
func (x *script) words(words []shell.Word, from int) value {
	var values value
	for _, word := range words {
		for _, a := range x.expand(word) {
			fields := []text{a.text}
			if whole, ok := a.text.known(); ok && splits(word) {
				fields = textOf(whole).split(" \t\n")
			} else if ok && x.globs(word) {
				fields = []text{textUnknown(short(whole) + " stands for several words")}
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

// globs says whether the shell makes other words of a literal.
func (x *script) globs(word shell.Word) bool {
	for _, part := range word.Parts {
		if !part.Quoted && strings.ContainsAny(part.Text, "{*?[") {
			return true
		}
	}
	return false
}
