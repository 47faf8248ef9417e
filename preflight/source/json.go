package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"keyless-runners/policy/jsontoken"
)

// jsonReader reads one JSON text and remembers where it is.
type jsonReader struct {
	text   []byte
	tokens *jsontoken.Reader
	// at is the place of the byte at offset.
	at     Place
	offset int
	// texts holds each text once: a template repeats most of them.
	texts map[string]string
}

func parseJSON(file string, text []byte) (*Node, error) {
	r := &jsonReader{text: text, tokens: jsontoken.New(text), at: Place{File: file, Line: 1, Column: 1}, texts: map[string]string{}}
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.tokens.Next(); err != io.EOF {
		return nil, r.refusal()
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
	switch {
	case token[0] == '{' || token[0] == '[':
		if depth == maxDepth {
			return nil, tooDeep(node.Place)
		}
		if token[0] == '[' {
			node.Kind = List
			return node, r.items(node, depth+1)
		}
		node.Kind = Map
		return node, r.members(node, depth+1)
	case token.IsString():
		node.Kind, node.Text = String, r.shared(token)
	case token.IsNumber():
		node.Kind, node.Text = Number, r.shared(token)
	case token.IsBool():
		node.Kind, node.Text = Bool, r.shared(token)
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
		name, err := r.next()
		if err != nil {
			return err
		}
		if err := object.add(Member{Name: r.shared(name), Place: r.at}); err != nil {
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

// shared is the text of a token as it was read first.
func (r *jsonReader) shared(token jsontoken.Token) string {
	if first, known := r.texts[string(token)]; known {
		return first
	}
	text := token.Text()
	r.texts[string(token)] = text
	return text
}

// next reads a token and moves to where it begins.
func (r *jsonReader) next() (jsontoken.Token, error) {
	start := r.tokens.Ahead()
	token, err := r.tokens.Next()
	if err != nil {
		return nil, r.refusal()
	}
	r.advance(start)
	return token, nil
}

// refusal says what is wrong with a text that is not JSON, and where, in the words of encoding/json.
func (r *jsonReader) refusal() error {
	var syntax *json.SyntaxError
	errors.As(json.Unmarshal(r.text, new(json.RawMessage)), &syntax)
	switch text := syntax.Error(); {
	case strings.HasSuffix(text, "after top-level value"):
		r.advance(int(syntax.Offset) - 1)
		return problem(r.at, "not JSON: something follows the first value")
	case strings.HasPrefix(text, "unexpected end"):
		r.advance(len(r.text))
		return problem(r.at, "not JSON: it ends too early")
	}
	r.advance(int(syntax.Offset) - 1)
	return problem(r.at, "not JSON: %s", syntax)
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
