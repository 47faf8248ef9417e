package shell

import "strings"

// dollar takes what begins with a "$".
func (w *wordLexer) dollar(quoted bool) {
	rest := w.script[w.at:]
	switch {
	case w.expression(quoted):
	case strings.HasPrefix(rest, "$(("):
		end := w.after(w.at+2, ')')
		w.part(Part{Kind: Computed, Text: w.script[w.at:end], Quoted: quoted}, end)
	case strings.HasPrefix(rest, "$("):
		end := w.after(w.at+2, ')')
		text := strings.TrimSuffix(w.script[w.at+2:end], ")")
		w.part(Part{Kind: Substitution, Text: text, Quoted: quoted}, end)
	case strings.HasPrefix(rest, "${"):
		end := w.after(w.at+2, '}')
		w.part(w.braces(w.script[w.at:end], quoted), end)
	case strings.HasPrefix(rest, "$'") && !quoted:
		end := w.afterEscapedQuote(w.at + 2)
		w.part(Part{Kind: Computed, Text: w.script[w.at:end], Quoted: true}, end)
	case strings.HasPrefix(rest, `$"`) && !quoted:
		w.at++ // a translated string is a string
	default:
		w.variable(rest[1:], quoted)
	}
}

// variable takes $NAME or one of the shell's own variables, such as $1.
func (w *wordLexer) variable(rest string, quoted bool) {
	length := nameLength(rest)
	if length == 0 && rest != "" && strings.IndexByte("0123456789@*#?$!-", rest[0]) >= 0 {
		length = 1
	}
	if length == 0 {
		w.add('$', quoted)
		w.at++
		return
	}
	w.part(Part{Kind: Variable, Text: rest[:length], Quoted: quoted}, w.at+1+length)
}

// braces reads a text that begins with "${".
func (w *wordLexer) braces(text string, quoted bool) Part {
	inner := strings.TrimSuffix(text[2:], "}")
	name := inner[:nameLength(inner)]
	rest := inner[len(name):]
	part := Part{Kind: Variable, Text: name, Quoted: quoted}
	switch {
	case name == "":
	case rest == "", strings.HasPrefix(rest, ":?"), strings.HasPrefix(rest, "?"):
		return part
	case (strings.HasPrefix(rest, ":-") || strings.HasPrefix(rest, ":=")) && w.depth < maxDepth:
		part.Default = w.defaultWord(rest[2:])
		return part
	}
	return Part{Kind: Computed, Text: text, Quoted: quoted}
}

// defaultWord reads what follows ":-", in which a blank ends no word.
func (w *wordLexer) defaultWord(text string) *Word {
	inner := &wordLexer{lexer: &lexer{script: text, depth: w.depth + 1}}
	for inner.at < len(text) {
		inner.read(text[inner.at])
	}
	inner.flush()
	return &inner.word
}

// expression takes ${{ }}, which GitHub replaces wherever it stands; ok is false
// if none begins here.
func (w *wordLexer) expression(quoted bool) (ok bool) {
	if !strings.HasPrefix(w.script[w.at:], "${{") {
		return false
	}
	end, ok := w.afterExpression(w.at)
	if ok {
		text := w.script[w.at+len("${{") : end-len("}}")]
		w.part(Part{Kind: Expression, Text: strings.TrimSpace(text), Quoted: quoted}, end)
	}
	return ok
}

// afterExpression is behind the "}}" of the expression that begins at the offset.
// Once one has no end, none is looked for again: GitHub refuses such a workflow.
func (l *lexer) afterExpression(at int) (end int, ok bool) {
	if l.unended {
		return 0, false
	}
	end = ExpressionEnd(l.script[at:])
	l.unended = end < 0
	return at + end, !l.unended
}

// ExpressionEnd is how long the ${{ }} is that the text begins with, -1 if it has
// no end. A string in it may hold braces.
func ExpressionEnd(text string) int {
	inString := false
	for i := len("${{"); i < len(text); i++ {
		switch {
		case text[i] == '\'':
			inString = !inString
		case !inString && strings.HasPrefix(text[i:], "}}"):
			return i + len("}}")
		}
	}
	return -1
}

// after is behind the sign that closes what is open at the offset: a ")", a "}" or
// a "`"; the end of the script if nothing closes it.
func (l *lexer) after(at int, closing byte) int {
	open := []byte{closing}
	for at < len(l.script) {
		c, rest, top := l.script[at], l.script[at:], open[len(open)-1]
		at++
		switch {
		case c == '\\':
			at++
		case strings.HasPrefix(rest, "${{"):
			if end, ok := l.afterExpression(at - 1); ok {
				at = end
			}
		case c == top:
			if open = open[:len(open)-1]; len(open) == 0 {
				return at
			}
		case strings.HasPrefix(rest, "$("), strings.HasPrefix(rest, "${"):
			open = append(open, map[byte]byte{'(': ')', '{': '}'}[rest[1]])
			at++
		case c == '"', c == '`':
			open = append(open, c)
		case top == '"':
		case c == '\'':
			at = min(endOf(l.script, at, "'")+1, len(l.script))
		case c == '(' && top == ')':
			open = append(open, ')')
		case c == '#' && top == ')' && strings.IndexByte(" \t\n", l.script[at-2]) >= 0:
			at = endOf(l.script, at, "\n")
		}
	}
	return len(l.script)
}

// afterEscapedQuote is behind the "'" that ends $'...'.
func (l *lexer) afterEscapedQuote(at int) int {
	for at < len(l.script) && l.script[at] != '\'' {
		if l.script[at] == '\\' {
			at++
		}
		at++
	}
	return min(at+1, len(l.script))
}
