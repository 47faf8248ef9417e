// Package jsontoken reads the tokens of a text that is known to be JSON in UTF-8. The one of
// encoding/json scans each of them several times, because it knows less of its text.
package jsontoken

import (
	"bytes"
	"encoding/json"
)

// Reader reads one token of a text after the other. Commas and colons are none.
type Reader struct {
	text   []byte
	offset int
}

// New returns a reader of a text for which json.Valid and utf8.Valid hold.
func New(text []byte) *Reader {
	return &Reader{text: text}
}

// Ahead is the offset at which the next token begins, or the length of the text.
func (r *Reader) Ahead() int {
	r.offset = Skip(r.text, r.offset)
	return r.offset
}

// Skip returns the first offset from the given one at which there is no white space, comma or colon.
func Skip(text []byte, offset int) int {
	for offset < len(text) && bytes.IndexByte([]byte(" \t\r\n,:"), text[offset]) >= 0 {
		offset++
	}
	return offset
}

// Opens reports whether the next token begins with the character.
func (r *Reader) Opens(character byte) bool {
	return r.text[r.Ahead()] == character
}

// More reports whether the list or object that was opened last has another value.
func (r *Reader) More() bool {
	return !r.Opens(']') && !r.Opens('}')
}

// Next returns the next token, of which there has to be one.
func (r *Reader) Next() Token {
	rest := r.text[r.Ahead():]
	end := 1
	switch rest[0] {
	case '{', '}', '[', ']':
	case '"':
		for ; rest[end] != '"'; end++ {
			if rest[end] == '\\' {
				end++
			}
		}
		end++
	default:
		if end = bytes.IndexAny(rest, " \t\r\n,]}"); end < 0 {
			end = len(rest)
		}
	}
	r.offset += end
	return rest[:end]
}

// Token is a bracket, a string in its quotes, a number, true, false or null.
type Token []byte

// IsString reports whether the token is a string.
func (t Token) IsString() bool { return t[0] == '"' }

// IsNumber reports whether the token is a number.
func (t Token) IsNumber() bool { return t[0] == '-' || '0' <= t[0] && t[0] <= '9' }

// IsBool reports whether the token is true or false.
func (t Token) IsBool() bool { return t[0] == 't' || t[0] == 'f' }

// Text is the value of a string, and any other token as it is written.
func (t Token) Text() string {
	if !t.IsString() {
		return string(t)
	}
	if bytes.IndexByte(t, '\\') < 0 {
		return string(t[1 : len(t)-1])
	}
	var text string
	if err := json.Unmarshal(t, &text); err != nil {
		panic(err) // the text is JSON
	}
	return text
}
