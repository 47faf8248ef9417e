package shell

import "strings"

// token is an operator or a word.
type token struct {
	// operator is "" for a word; a newline is "\n".
	operator string
	// word is also the delimiter of a here-document.
	word Word
	line int
}

// lexer cuts a script into tokens. Every byte is looked at a bounded number of
// times.
type lexer struct {
	script string
	// at is the next byte, on the line.
	at, line int
	// waiting are the here-documents that begin on the next line.
	waiting []document
	// depth counts the words that this one is within.
	depth int
	// unended says that a ${{ was found that nothing ends.
	unended bool
}

// document is a here-document whose lines are to be skipped.
type document struct {
	end  string
	tabs bool
}

// The operators, the longer ones first.
var operators = []string{
	";;&", "<<<", "<<-", "&>>",
	"&&", "||", ";;", ";&", "|&", "&>", "<<", "<&", "<>", ">>", ">&", ">|",
	"\n", ";", "|", "&", "(", ")", "<", ">",
}

// next returns the next token; ok is false at the end.
func (l *lexer) next() (t token, ok bool) {
	l.skipBlanks()
	if l.at == len(l.script) {
		return token{line: l.line}, false
	}
	t.line = l.line
	if t.operator = l.operator(); t.operator == "" {
		var descriptor bool
		if t.word, descriptor = l.word(); descriptor {
			return l.next()
		}
		return t, true
	}
	l.at += len(t.operator)
	switch t.operator {
	case "\n":
		l.line++
		l.skipDocuments()
	case "<<", "<<-":
		l.skipBlanks()
		t.word, _ = l.word()
		end, _ := t.word.Literal()
		l.waiting = append(l.waiting, document{end, t.operator == "<<-"})
	}
	return t, true
}

// operator is the one that comes next, "" if a word does.
func (l *lexer) operator() string {
	rest := l.script[l.at:]
	if strings.IndexByte("\n;|&()<>", rest[0]) < 0 || strings.HasPrefix(rest, "<(") || strings.HasPrefix(rest, ">(") {
		return ""
	}
	for _, operator := range operators {
		if strings.HasPrefix(rest, operator) {
			return operator
		}
	}
	return ""
}

// skipBlanks moves to the next token.
func (l *lexer) skipBlanks() {
	for l.at < len(l.script) {
		switch c := l.script[l.at]; {
		case c == ' ' || c == '\t' || c == '\r':
			l.at++
		case c == '\\' && strings.HasPrefix(l.script[l.at:], "\\\n"):
			l.at += 2
			l.line++
		case c == '#':
			l.at = endOf(l.script, l.at, "\n")
		default:
			return
		}
	}
}

// skipDocuments moves behind the here-documents that begin here.
func (l *lexer) skipDocuments() {
	for _, document := range l.waiting {
		for l.at < len(l.script) {
			end := endOf(l.script, l.at, "\n")
			text := strings.TrimSuffix(l.script[l.at:end], "\r")
			if document.tabs {
				text = strings.TrimLeft(text, "\t")
			}
			l.at = min(end+1, len(l.script))
			l.line++
			if text == document.end {
				break
			}
		}
	}
	l.waiting = nil
}

// endOf is where the sign comes next, or the end of the text.
func endOf(text string, from int, sign string) int {
	if i := strings.Index(text[from:], sign); i >= 0 {
		return from + i
	}
	return len(text)
}
