package shell

import "strings"

// maxDepth is how deep words and statements may stand within others. No honest
// script comes near it.
const maxDepth = 20

// wordLexer gathers the parts of one word.
type wordLexer struct {
	*lexer
	word Word
	// text is the literal at the end of the word that is not a part yet.
	text   []byte
	quoted bool
}

// word reads the word that comes next. descriptor says that it is none but the
// number in front of a redirection, such as "2>".
func (l *lexer) word() (word Word, descriptor bool) {
	w := &wordLexer{lexer: l}
	for l.at < len(l.script) {
		c, rest := l.script[l.at], l.script[l.at:]
		switch {
		case strings.IndexByte(" \t\r\n;|&()<>", c) < 0:
			w.read(c)
		case c == '(' && w.assigns(), strings.HasPrefix(rest, "<("), strings.HasPrefix(rest, ">("):
			w.computed(l.after(l.at+strings.IndexByte(rest, '(')+1, ')'))
		default:
			descriptor = (c == '<' || c == '>') && len(w.word.Parts) == 0 && isNumber(w.text)
			w.flush()
			return w.word, descriptor
		}
	}
	w.flush()
	return w.word, false
}

func isNumber(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}

// assigns says whether the word so far is "NAME=", which a list may follow.
func (w *wordLexer) assigns() bool {
	return !w.quoted && len(w.word.Parts) == 0 && strings.HasSuffix(string(w.text), "=") &&
		IsName(strings.TrimSuffix(string(w.text[:len(w.text)-1]), "+"))
}

// read takes what begins with the byte.
func (w *wordLexer) read(c byte) {
	switch c {
	case '\\':
		w.at++
		w.escaped()
	case '\'':
		w.at++
		w.single()
	case '"':
		w.at++
		w.double()
	case '$':
		w.dollar(false)
	case '`':
		w.computed(w.after(w.at+1, '`'))
	default:
		w.add(c, false)
		w.at++
	}
}

// escaped takes the byte behind a backslash.
func (w *wordLexer) escaped() {
	switch {
	case w.at == len(w.script):
		w.add('\\', true)
		return
	case w.script[w.at] == '\n':
		w.line++
	default:
		w.add(w.script[w.at], true)
	}
	w.at++
}

// single takes what stands in single quotes: only GitHub sees something in it.
func (w *wordLexer) single() {
	before := w.open()
	for w.at < len(w.script) && w.script[w.at] != '\'' {
		if w.expression(true) {
			continue
		}
		w.quote()
	}
	w.at = min(w.at+1, len(w.script))
	w.close(before)
}

// double takes what stands in double quotes.
func (w *wordLexer) double() {
	before := w.open()
	for w.at < len(w.script) && w.script[w.at] != '"' {
		rest := w.script[w.at:]
		switch {
		case rest[0] == '\\' && len(rest) > 1 && strings.IndexByte("$`\"\\\n", rest[1]) >= 0:
			w.at++
			w.escaped()
		case rest[0] == '$':
			w.dollar(true)
		case rest[0] == '`':
			w.computed(w.after(w.at+1, '`'))
		default:
			w.quote()
		}
	}
	w.at = min(w.at+1, len(w.script))
	w.close(before)
}

// open begins what stands in quotes, behind so many parts.
func (w *wordLexer) open() (before int) {
	w.flush()
	return len(w.word.Parts)
}

// close ends it. Nothing in quotes is a part too, for "" is a word.
func (w *wordLexer) close(before int) {
	if len(w.text) == 0 && len(w.word.Parts) == before {
		w.word.Parts = append(w.word.Parts, Part{Kind: Literal, Quoted: true})
	}
}

// quote takes one byte in quotes.
func (w *wordLexer) quote() {
	c := w.script[w.at]
	w.add(c, true)
	w.at++
	if c == '\n' {
		w.line++
	}
}

func (w *wordLexer) add(c byte, quoted bool) {
	if quoted != w.quoted {
		w.flush()
		w.quoted = quoted
	}
	w.text = append(w.text, c)
}

// flush makes a part of the literal at the end of the word.
func (w *wordLexer) flush() {
	if len(w.text) > 0 {
		w.word.Parts = append(w.word.Parts, Part{Kind: Literal, Text: string(w.text), Quoted: w.quoted})
	}
	w.text, w.quoted = w.text[:0], false
}

// part ends the literal and adds a part that stands before the offset.
func (w *wordLexer) part(part Part, end int) {
	w.flush()
	part.Line = w.line
	w.line += strings.Count(w.script[w.at:end], "\n")
	w.at = end
	w.word.Parts = append(w.word.Parts, part)
}

func (w *wordLexer) computed(end int) {
	w.part(Part{Kind: Computed, Text: w.script[w.at:end], Quoted: w.quoted}, end)
}
