package source

import (
	"bytes"
	"encoding/json"
	"errors"
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
	if !json.Valid(text) {
		return nil, r.refusal()
	}
	return r.value(0)
}

// value reads the next value, which is depth levels down.
func (r *jsonReader) value(depth int) (*Node, error) {
	token := r.next()
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
	r.next()
	return nil
}

func (r *jsonReader) members(node *Node, depth int) error {
	object := object{Node: node}
	for r.tokens.More() {
		if err := object.add(Member{Name: r.shared(r.next()), Place: r.at}); err != nil {
			return err
		}
		value, err := r.value(depth)
		if err != nil {
			return err
		}
		object.Members[len(object.Members)-1].Value = value
	}
	r.next()
	return nil
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
func (r *jsonReader) next() jsontoken.Token {
	r.advance(r.tokens.Ahead())
	return r.tokens.Next()
}

// refusal is what is wrong with a text that is not JSON, where it is first.
func (r *jsonReader) refusal() error {
	tokens, depth := json.NewDecoder(bytes.NewReader(r.text)), 0
	tokens.UseNumber()
	for whole := false; ; whole = depth == 0 {
		start := jsontoken.Skip(r.text, int(tokens.InputOffset()))
		token, err := tokens.Token()
		var syntax *json.SyntaxError
		switch {
		case whole:
			r.advance(start)
			return problem(r.at, "not JSON: something follows the first value")
		case errors.As(err, &syntax):
			r.advance(min(max(start, int(syntax.Offset)-1), len(r.text)))
			return problem(r.at, "not JSON: %s", syntax)
		case err != nil:
			r.advance(len(r.text))
			return problem(r.at, "not JSON: it ends too early")
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				r.advance(start)
				return tooDeep(r.at)
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
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
