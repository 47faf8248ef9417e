// Package shell reads the script of a workflow's step into the statements of a shell,
// by mvdan.cc/sh's parser of bash.
//
// GitHub replaces ${{ }} before the shell reads the script, with text that the files
// may not determine. So each one stands in the statements as a mark, which
// Script.Pieces makes an expression again. Start at Parse.
package shell

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"

	"mvdan.cc/sh/v3/syntax"
)

// What is read of a script at the most: the parser, and what follows its statements,
// calls itself for what stands within something else. No honest script comes near it.
const (
	maxScript = 1 << 16
	maxOpen   = 5000
)

// The signs around an expression's number in the text that the parser reads: any shell
// takes them for letters of a word, in whatever quotes.
const (
	markStart = "\x01"
	markEnd   = "\x02"
)

// Script is a parsed script.
type Script struct {
	// Statements are the statements before the line at which the script cannot be read on.
	Statements []*syntax.Stmt
	// Unread is why the script cannot be read from UnreadLine on, counted from 0; ""
	// if all of it was.
	Unread     string
	UnreadLine int

	text        string
	expressions []string
	breaks      []lineBreak
}

// lineBreak is a newline within an expression, which the parser does not see: the offset
// of the expression's mark.
type lineBreak int

// Parse reads a script.
func Parse(script string) *Script {
	s := &Script{}
	switch {
	case len(script) > maxScript:
		s.Unread = fmt.Sprintf("it has more than %d bytes", maxScript)
	case opens(script) > maxOpen:
		s.Unread = fmt.Sprintf("it opens more than %d parentheses and braces", maxOpen)
	case strings.ContainsAny(script, markStart+markEnd+"\x00"):
		s.Unread = "it has control characters"
	default:
		s.mark(script)
		s.parse()
	}
	return s
}

// opens is how many signs open something that others can stand in.
func opens(script string) (count int) {
	for i := range len(script) {
		switch script[i] {
		case '(', '{', '[', '`':
			count++
		}
	}
	return count
}

// mark puts a mark in the place of each expression. One without an end stays: GitHub
// refuses such a workflow.
func (s *Script) mark(script string) {
	var text strings.Builder
	for {
		start := strings.Index(script, "${{")
		length := -1
		if start >= 0 {
			length = ExpressionEnd(script[start:])
		}
		if length < 0 {
			break
		}
		text.WriteString(script[:start])
		expression := script[start : start+length]
		for range strings.Count(expression, "\n") {
			s.breaks = append(s.breaks, lineBreak(text.Len()))
		}
		text.WriteString(markStart + strconv.Itoa(len(s.expressions)) + markEnd)
		s.expressions = append(s.expressions, expression)
		script = script[start+length:]
	}
	text.WriteString(script)
	s.text = text.String()
}

// parsers are parsers that are not in use: a new one costs more than a short script.
var parsers = sync.Pool{New: func() any { return syntax.NewParser() }}

// parse gathers the statements before the first error. The parser yields some errors
// twice, and so the loop must not end at one.
func (s *Script) parse() {
	parser := parsers.Get().(*syntax.Parser)
	defer parsers.Put(parser)
	for st, err := range parser.StmtsSeq(strings.NewReader(s.text)) {
		switch {
		case err == nil && s.Unread == "":
			s.Statements = append(s.Statements, st)
		case s.Unread == "":
			s.stop(err)
		}
	}
}

func (s *Script) stop(err error) {
	s.Unread = err.Error()
	var wrong syntax.ParseError
	var other syntax.LangError
	switch {
	case errors.As(err, &wrong):
		s.Unread, s.UnreadLine = wrong.Text, s.Line(wrong.Pos)
	case errors.As(err, &other):
		s.Unread, s.UnreadLine = other.Feature+" are not bash's", s.Line(other.Pos)
	}
}

// Line is the line of a position, counted from 0 at the script's first.
func (s *Script) Line(pos syntax.Pos) int {
	line := int(pos.Line()) - 1
	for _, at := range s.breaks {
		if int(at) < int(pos.Offset()) {
			line++
		}
	}
	return max(line, 0)
}

// Written is a part of the script as it is written.
func (s *Script) Written(node syntax.Node) string {
	var text strings.Builder
	for _, piece := range s.Pieces(s.text[node.Pos().Offset():node.End().Offset()]) {
		if piece.Expression {
			text.WriteString("${{ " + piece.Text + " }}")
		} else {
			text.WriteString(piece.Text)
		}
	}
	return text.String()
}

// Piece is a part of a literal: a text, or what stands between "${{" and "}}".
type Piece struct {
	Text       string
	Expression bool
}

// HasExpression reports whether an expression is in a literal of a script's statements.
func HasExpression(literal string) bool { return strings.Contains(literal, markStart) }

// Pieces cuts a literal of the script's statements at the expressions in it.
func (s *Script) Pieces(literal string) (pieces []Piece) {
	for literal != "" {
		before, rest, found := strings.Cut(literal, markStart)
		if before != "" {
			pieces = append(pieces, Piece{Text: before})
		}
		if !found {
			break
		}
		number, after, _ := strings.Cut(rest, markEnd)
		if i, err := strconv.Atoi(number); err == nil && i < len(s.expressions) {
			inner := s.expressions[i]
			pieces = append(pieces, Piece{strings.TrimSpace(inner[len("${{") : len(inner)-len("}}")]), true})
		}
		literal = after
	}
	return pieces
}

// Expressions yields each ${{ }} of a text, up to one without an end.
func Expressions(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for start := strings.Index(text, "${{"); start >= 0; start = strings.Index(text, "${{") {
			length := ExpressionEnd(text[start:])
			if length < 0 || !yield(text[start:start+length]) {
				return
			}
			text = text[start+length:]
		}
	}
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
