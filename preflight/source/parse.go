package source

import (
	"bytes"
	"unicode/utf8"
)

// What is read at the most. The largest honest file is a list of a large account
// or cluster, and a template has six levels of policy below its own.
const (
	// MaxSize is how many bytes a file may have.
	MaxSize    = 32 << 20
	maxDepth   = 100
	maxAliased = 200_000
)

// Parse reads the values of a text: the one of JSON, or those of YAML's documents.
// What is neither is an *Error.
func Parse(file string, text []byte) ([]*Node, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := checkText(file, text); err != nil {
		return nil, err
	}
	start := bytes.TrimLeft(text, " \t\r\n")
	if len(start) == 0 {
		return nil, problem(Place{File: file}, "the file is empty")
	}
	if bytes.HasPrefix(start, []byte("{{")) {
		return nil, problem(Place{File: file, Line: 1}, `this is a template of another tool; render it first, for example with "helm template"`)
	}
	if start[0] != '{' && start[0] != '[' {
		return parseYAML(file, text)
	}
	root, err := parseJSON(file, text)
	if err == nil {
		return []*Node{root}, nil
	}
	// YAML has objects in braces too.
	if roots, yamlErr := parseYAML(file, text); yamlErr == nil {
		return roots, nil
	}
	return nil, err
}

// checkText reports what is no text in UTF-8.
func checkText(file string, text []byte) error {
	if len(text) > MaxSize {
		return tooLarge(file, int64(len(text)))
	}
	at := Place{File: file, Line: 1, Column: 1}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == 0:
			return problem(at, "not text: byte 0x00; want JSON or YAML in UTF-8")
		case r == utf8.RuneError && size == 1:
			return problem(at, "not UTF-8: byte %#02x; save the file as UTF-8", text[i])
		case r == '\n':
			at.Line, at.Column = at.Line+1, 0
		}
		at.Column++
		i += size
	}
	return nil
}

func tooLarge(file string, size int64) error {
	return problem(Place{File: file}, "%d bytes: want at most %d; split the file", size, MaxSize)
}

func tooDeep(at Place) error {
	return problem(at, "nested more than %d levels deep", maxDepth)
}
