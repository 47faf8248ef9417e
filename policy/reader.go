package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// reader walks through a text that is known to be JSON and remembers where it
// is.
type reader struct {
	text   []byte
	tokens *json.Decoder
	// path leads to the value that is read next or was read last.
	path []string
	// start is where the last token begins.
	start int
}

func newReader(text []byte) *reader {
	tokens := json.NewDecoder(bytes.NewReader(text))
	tokens.UseNumber()
	return &reader{text: text, tokens: tokens}
}

// ahead is where the next token begins.
func (r *reader) ahead() int {
	offset := int(r.tokens.InputOffset())
	for offset < len(r.text)-1 && strings.IndexByte(" \t\r\n,:", r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

// opens reports whether the next token begins with the character.
func (r *reader) opens(character byte) bool {
	return r.text[r.ahead()] == character
}

func (r *reader) next() json.Token {
	r.start = r.ahead()
	token, err := r.tokens.Token()
	if err != nil {
		panic(err) // the whole text is JSON
	}
	return token
}

// object reads an object and has member read each value, in the order of the
// text.
func (r *reader) object(member func(name string) error) error {
	if token := r.next(); token != json.Delim('{') {
		return r.wrong(token, "an object")
	}
	seen := map[string]bool{}
	for r.tokens.More() {
		name := r.next().(string) // as JSON has it
		if seen[name] {
			return r.problem(fmt.Sprintf("%q is written twice; want it once", name))
		}
		seen[name] = true
		if err := r.within(step(name), func() error { return member(name) }); err != nil {
			return err
		}
	}
	r.next()
	return nil
}

// list reads a list, which is known to come next, of at least one item and has
// item read each.
func (r *reader) list(item func() error) error {
	r.next()
	if !r.tokens.More() {
		return r.problem("the list is empty; want at least one item")
	}
	for i := 0; r.tokens.More(); i++ {
		if err := r.within(fmt.Sprintf("[%d]", i), item); err != nil {
			return err
		}
	}
	r.next()
	return nil
}

func (r *reader) strings(to *Values) error {
	return r.values(to, r.string)
}

// values reads one value or a list of them.
func (r *reader) values(to *Values, read func(*string) error) error {
	one := func() error {
		var value string
		err := read(&value)
		*to = append(*to, value)
		return err
	}
	if r.opens('[') {
		return r.list(one)
	}
	return one()
}

func (r *reader) string(to *string) error {
	token := r.next()
	text, ok := token.(string)
	if !ok {
		return r.wrong(token, "a string")
	}
	*to = text
	return nil
}

// scalar reads a string, or a number or boolean as its text.
func (r *reader) scalar(to *string) error {
	switch token := r.next().(type) {
	case string:
		*to = token
	case json.Number:
		*to = token.String()
	case bool:
		*to = fmt.Sprint(token)
	default:
		return r.wrong(token, "a string, a number or a boolean")
	}
	return nil
}

func (r *reader) within(step string, read func() error) error {
	r.path = append(r.path, step)
	err := read()
	r.path = r.path[:len(r.path)-1]
	return err
}

var plainName = regexp.MustCompile(`^[A-Za-z]+$`)

// step is the name of a member as written in a path.
func step(name string) string {
	if plainName.MatchString(name) {
		return "." + name
	}
	return fmt.Sprintf("[%q]", name)
}

// problem is an error at the last token.
func (r *reader) problem(problem string) error {
	return r.problemSince(r.start, problem)
}

// problemSince is an error at what begins at the offset.
func (r *reader) problemSince(offset int, problem string) error {
	return problemAt(r.text, offset, strings.TrimPrefix(strings.Join(r.path, ""), "."), problem)
}

// wrong is the error for a token of another kind than is wanted.
func (r *reader) wrong(token json.Token, want string) error {
	got := "null"
	switch token := token.(type) {
	case json.Delim:
		got = map[json.Delim]string{'{': "an object", '[': "a list"}[token]
	case string:
		got = fmt.Sprintf("the string %q", token)
	case json.Number:
		got = "the number " + token.String()
	case bool:
		got = fmt.Sprintf("the boolean %t", token)
	}
	return r.problem(fmt.Sprintf("want %s, got %s", want, got))
}
