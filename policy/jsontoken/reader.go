// Package jsontoken reads the tokens of a JSON text with their places in it.
package jsontoken

import (
	"bytes"
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"
)

// Reader reads one token of a text after the other. Commas and colons are not tokens.
type Reader struct {
	text    []byte
	decoder *jsontext.Decoder
}

// New returns a reader of a text. As encoding/json does, it accepts a name that an object has twice
// and a text that is not UTF-8.
func New(text []byte) *Reader {
	return &Reader{text, jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// Ahead returns the offset at which the next token begins, or the length of the text.
func (r *Reader) Ahead() int {
	offset := int(r.decoder.InputOffset())
	for offset < len(r.text) && bytes.IndexByte([]byte(" \t\r\n,:"), r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

// Next returns the next token, or an error where the text has ended or is not JSON.
func (r *Reader) Next() (Token, error) {
	if bytes.IndexByte([]byte("{}[]"), byte(r.decoder.PeekKind())) < 0 {
		value, err := r.decoder.ReadValue()
		return Token(value), err
	}
	if _, err := r.decoder.ReadToken(); err != nil {
		return nil, err
	}
	end := r.decoder.InputOffset()
	return r.text[end-1 : end], nil
}

// Opens reports whether the next token begins with the character.
func (r *Reader) Opens(character byte) bool {
	return byte(r.decoder.PeekKind()) == character
}

// More reports whether the list or object that was opened last has another value.
func (r *Reader) More() bool {
	kind := r.decoder.PeekKind()
	return kind != ']' && kind != '}'
}

// Token is a bracket, a string in its quotes, a number, true, false or null.
type Token []byte

// IsString reports whether the token is a string.
func (t Token) IsString() bool { return t[0] == '"' }

// IsNumber reports whether the token is a number.
func (t Token) IsNumber() bool { return t[0] == '-' || '0' <= t[0] && t[0] <= '9' }

// IsBool reports whether the token is true or false.
func (t Token) IsBool() bool { return t[0] == 't' || t[0] == 'f' }

// Text returns the value of a string, and any other token as it is written.
func (t Token) Text() string {
	if !t.IsString() {
		return string(t)
	}
	if bytes.IndexByte(t, '\\') < 0 {
		return string(t[1 : len(t)-1])
	}
	var text string
	if err := json.Unmarshal(t, &text); err != nil {
		panic(err) // the token is JSON
	}
	return text
}
