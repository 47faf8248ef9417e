package shell

import "strings"

// Word is a word of a command: its parts, one after the other.
type Word struct {
	Parts []Part
}

// Part is a piece of a word.
type Part struct {
	Kind PartKind
	// Text depends on the kind.
	Text string
	// Quoted says that the shell does not split the part into words.
	Quoted bool
	// Default is what a variable stands for that is not set or empty, in
	// ${NAME:-DEFAULT}; nil if none is written.
	Default *Word
	// Line is where a substitution begins, counted from 0 at the script's first.
	Line int
}

// PartKind says what a part is.
type PartKind uint8

const (
	// Literal stands for its Text.
	Literal PartKind = iota
	// Variable is $NAME or ${NAME}; Text is NAME.
	Variable
	// Expression is ${{ TEXT }}.
	Expression
	// Substitution is $(TEXT): what the script TEXT prints.
	Substitution
	// Computed is anything else that only a shell can tell; Text is how it is
	// written.
	Computed
)

// Literal returns the word if it is the same in every run.
func (w Word) Literal() (text string, ok bool) {
	if len(w.Parts) == 1 && w.Parts[0].Kind == Literal {
		return w.Parts[0].Text, true
	}
	var whole strings.Builder
	for _, part := range w.Parts {
		if part.Kind != Literal {
			return "", false
		}
		whole.WriteString(part.Text)
	}
	return whole.String(), true
}

// keyword is the word if the shell may take it for one of its own.
func (w Word) keyword() string {
	if len(w.Parts) == 1 && w.Parts[0].Kind == Literal && !w.Parts[0].Quoted {
		return w.Parts[0].Text
	}
	return ""
}

// Assignment takes the word for NAME=VALUE, or for NAME+=VALUE, which appends.
func (w Word) Assignment() (name string, value Word, appends, ok bool) {
	if len(w.Parts) == 0 || w.Parts[0].Kind != Literal || w.Parts[0].Quoted {
		return "", Word{}, false, false
	}
	text := w.Parts[0].Text
	end := nameLength(text)
	rest, appends := strings.CutPrefix(text[end:], "+")
	rest, ok = strings.CutPrefix(rest, "=")
	if end == 0 || !ok {
		return "", Word{}, false, false
	}
	if rest != "" {
		value.Parts = append(value.Parts, Part{Kind: Literal, Text: rest})
	}
	value.Parts = append(value.Parts, w.Parts[1:]...)
	return text[:end], value, appends, true
}

// nameLength is how many bytes at the start of the text can be a variable's name.
func nameLength(text string) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(text)
}

// IsName says whether a variable can have the name.
func IsName(text string) bool {
	return text != "" && nameLength(text) == len(text)
}
