package github

import (
	"sync"

	"github.com/rhysd/actionlint"

	"keyless-runners/preflight/github/shell"
)

// recent keeps what texts were parsed to: the workflows of a fleet have the same scripts and
// expressions. It is safe for concurrent use.
type recent[T any] struct {
	parse  func(string) T
	lock   sync.Mutex
	parsed map[string]T
	size   int
}

// maxRecent is how many bytes of text are kept at the most: beyond, all is forgotten.
const maxRecent = 1 << 16

// of returns the parsed text, which must not be changed.
func (r *recent[T]) of(text string) T {
	r.lock.Lock()
	parsed, ok := r.parsed[text]
	r.lock.Unlock()
	if ok {
		return parsed
	}
	parsed = r.parse(text)
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.size += len(text); r.parsed == nil || r.size > maxRecent {
		r.parsed, r.size = map[string]T{}, len(text)
	}
	r.parsed[text] = parsed
	return parsed
}

var (
	parsedScripts     = recent[*shell.Script]{parse: shell.Parse}
	parsedExpressions = recent[actionlint.ExprNode]{parse: parsedExpression}
)
