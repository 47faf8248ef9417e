package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"keyless-runners/identity"
)

// MaxTextSize is how many bytes Parse reads. No document of IAM comes near it.
const MaxTextSize = 1 << 20

// ParseError says what is wrong with a document, and where.
type ParseError struct {
	// Line and Column are the place in the text, counted from 1. A column is a
	// character.
	Line, Column int
	// Path is the place in the document, such as "Statement[1].Condition". ""
	// is the document itself.
	Path string
	// Problem says what is wrong and what is allowed.
	Problem string
}

func (e *ParseError) Error() string {
	place := fmt.Sprintf("line %d, column %d: ", e.Line, e.Column)
	if e.Path != "" {
		place += e.Path + ": "
	}
	return place + e.Problem
}

// Parse reads an identity, trust or resource policy (IAM user guide, "Grammar of
// the IAM JSON policy language"). It returns a *ParseError for the first thing
// in the text that is not of that grammar: no text that IAM would refuse for
// its form may pass for a document that allows nothing. Numbers and booleans
// among the values of a condition become strings.
//
// Nesting is limited twice: encoding/json reads no more than 10,000 levels, and
// the grammar has six.
func Parse(text []byte) (Document, error) {
	if len(text) > MaxTextSize {
		return Document{}, problemAt(nil, 0, "", fmt.Sprintf("text of %d bytes: want at most %d", len(text), MaxTextSize))
	}
	if err := checkJSON(text); err != nil {
		return Document{}, err
	}
	var document Document
	err := newReader(text).document(&document)
	if err != nil {
		return Document{}, err
	}
	return document, nil
}

// checkJSON reports a text that is not one JSON value in UTF-8.
func checkJSON(text []byte) error {
	if utf8.Valid(text) && json.Valid(text) {
		return nil
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return problemAt(text, i, "", fmt.Sprintf("not UTF-8: byte %#02x; save the file as UTF-8", text[i]))
		}
		i += size
	}
	var whole json.RawMessage
	var syntax *json.SyntaxError
	err := json.Unmarshal(text, &whole)
	if !errors.As(err, &syntax) {
		return err
	}
	problem := "not JSON: " + syntax.Error()
	if strings.HasSuffix(problem, "exceeded max depth") {
		problem = "nested too deep: want at most the six levels of a policy"
	}
	return problemAt(text, max(0, int(syntax.Offset)-1), "", problem)
}

// problemAt is the error for what begins at the offset.
func problemAt(text []byte, offset int, path, problem string) error {
	before := string(text[:offset])
	line := strings.LastIndexByte(before, '\n') + 1
	return &ParseError{
		Line:    strings.Count(before, "\n") + 1,
		Column:  utf8.RuneCountInString(before[line:]) + 1,
		Path:    path,
		Problem: problem,
	}
}

// unknown is the problem of a name that is not among the known ones; want lists them in
// words.
func unknown(kind, name string, known []string, want string) string {
	near := identity.Closest(name, known)
	for _, candidate := range known {
		if strings.EqualFold(name, candidate) {
			near = candidate
		}
	}
	if near != "" {
		return fmt.Sprintf("unknown %s %q%s", kind, name, identity.DidYouMean(near))
	}
	return fmt.Sprintf("unknown %s %q: want %s", kind, name, want)
}
