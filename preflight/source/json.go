package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// jsonReader reads one JSON text and remembers where it is.
type jsonReader struct {
	text   []byte
	tokens *json.Decoder
	// at is the place of the byte at offset.
	at     Place
	offset int
	// texts holds each text once: a template repeats most of them.
	texts map[string]string
}

func parseJSON(file string, text []byte) (*Node, error) {
	r := &jsonReader{text: text, tokens: json.NewDecoder(bytes.NewReader(text)), at: Place{File: file, Line: 1, Column: 1}, texts: map[string]string{}}
	r.tokens.UseNumber()
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	rest := r.ahead()
	if _, err := r.tokens.Token(); err != io.EOF {
		r.advance(rest)
		return nil, problem(r.at, "not JSON: something follows the first value")
	}
	return root, nil
}

// value reads the next value, which is depth levels down.
func (r *jsonReader) value(depth int) (*Node, error) {
	token, err := r.next()
	if err != nil {
		return nil, err
	}
	node := &Node{Place: r.at}
	switch token := token.(type) {
	case json.Delim:
		if depth == maxDepth {
			return nil, tooDeep(node.Place)
		}
		if token == '[' {
			node.Kind = List
			return node, r.items(node, depth+1)
		}
		node.Kind = Map
		return node, r.members(node, depth+1)
	case string:
		node.Kind, node.Text = String, r.shared(token)
	case json.Number:
		node.Kind, node.Text = Number, token.String()
	case bool:
		node.Kind, node.Text = Bool, map[bool]string{true: "true", false: "false"}[token]
	}
	return node, nil
}

func (r *jsonReader) items(list *Node, depth int) error {
	for r.tokens.More() {
		item, err := r.value(depth)
		if err != nil {
			return err
		}
		list.Items = append(list.Items, item)
	}
	_, err := r.next()
	return err
}

func (r *jsonReader) members(node *Node, depth int) error {
	object := object{Node: node}
	for r.tokens.More() {
		token, err := r.next()
		if err != nil {
			return err
		}
		if err := object.add(Member{Name: r.shared(token.(string)), Place: r.at}); err != nil {
			return err
		}
		value, err := r.value(depth)
		if err != nil {
			return err
		}
		object.Members[len(object.Members)-1].Value = value
	}
	_, err := r.next()
	return err
}

// shared is the text as it was read first.
func (r *jsonReader) shared(text string) string {
	if first, known := r.texts[text]; known {
		return first
	}
	r.texts[text] = text
	return text
}

// next reads a token and moves to where it begins.
func (r *jsonReader) next() (json.Token, error) {
	start := r.ahead()
	token, err := r.tokens.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		r.advance(min(max(start, int(syntax.Offset)-1), len(r.text)))
		return nil, problem(r.at, "not JSON: %s", syntax)
	case err != nil:
		r.advance(len(r.text))
		return nil, problem(r.at, "not JSON: it ends too early")
	}
	r.advance(start)
	return token, nil
}

func (r *jsonReader) ahead() int {
	offset := int(r.tokens.InputOffset())
	for offset < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

// advance moves forward to the offset. It counts what lies between and nothing
// else, so that a file on one line costs no more than others.
func (r *jsonReader) advance(offset int) {
	if offset <= r.offset {
		return
	}
	passed := r.text[r.offset:offset]
	r.offset = offset
	if line := bytes.LastIndexByte(passed, '\n'); line >= 0 {
		r.at.Line += bytes.Count(passed, []byte{'\n'})
		r.at.Column = 1
		passed = passed[line+1:]
	}
	r.at.Column += utf8.RuneCount(passed)
}
