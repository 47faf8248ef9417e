package policy

import (
	"fmt"
	"regexp"
	"strings"

	"keyless-runners/policy/jsontoken"
)

// reader walks through a text that is known to be JSON and remembers where it
// is.
type reader struct {
	text   []byte
	tokens *jsontoken.Reader
	// path leads to the value that is read next or was read last: names of members, and
	// places in lists.
	path []any
	// start is where the last token begins.
	start int
}

func newReader(text []byte) *reader {
	return &reader{text: text, tokens: jsontoken.New(text)}
}

func (r *reader) next() jsontoken.Token {
	r.start = r.tokens.Ahead()
	token, err := r.tokens.Next()
	if err != nil {
		panic(err) // the whole text is JSON
	}
	return token
}

// object reads an object and has member read each value, in the order of the
// text.
func (r *reader) object(member func(name string) error) error {
	if token := r.next(); token[0] != '{' {
		return r.wrong(token, "an object")
	}
	seen := map[string]bool{}
	for r.tokens.More() {
		name := r.next().Text()
		if seen[name] {
			return r.problem(fmt.Sprintf("%q is written twice; want it once", name))
		}
		seen[name] = true
		if err := r.within(name, func() error { return member(name) }); err != nil {
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
		if err := r.within(i, item); err != nil {
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
	if r.tokens.Opens('[') {
		return r.list(one)
	}
	return one()
}

func (r *reader) string(to *string) error {
	token := r.next()
	if !token.IsString() {
		return r.wrong(token, "a string")
	}
	*to = token.Text()
	return nil
}

// scalar reads a string, or a number or boolean as its text.
func (r *reader) scalar(to *string) error {
	token := r.next()
	if !token.IsString() && !token.IsNumber() && !token.IsBool() {
		return r.wrong(token, "a string, a number or a boolean")
	}
	*to = token.Text()
	return nil
}

func (r *reader) within(to any, read func() error) error {
	r.path = append(r.path, to)
	err := read()
	r.path = r.path[:len(r.path)-1]
	return err
}

var plainName = regexp.MustCompile(`^[A-Za-z]+$`)

// step writes a step of a path: the name of a member, or a place in a list.
func step(to any) string {
	name, isName := to.(string)
	switch {
	case !isName:
		return fmt.Sprintf("[%d]", to)
	case plainName.MatchString(name):
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
	path := ""
	for _, at := range r.path {
		path += step(at)
	}
	return problemAt(r.text, offset, strings.TrimPrefix(path, "."), problem)
}

// wrong is the error for a token of another kind than is wanted.
func (r *reader) wrong(token jsontoken.Token, want string) error {
	got := "null"
	switch {
	case token[0] == '{':
		got = "an object"
	case token[0] == '[':
		got = "a list"
	case token.IsString():
		got = fmt.Sprintf("the string %q", token.Text())
	case token.IsNumber():
		got = "the number " + token.Text()
	case token.IsBool():
		got = "the boolean " + token.Text()
	}
	return r.problem(fmt.Sprintf("want %s, got %s", want, got))
}
