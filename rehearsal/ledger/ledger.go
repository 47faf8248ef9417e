// Package ledger keeps what was tried at the doors of AWS: who tried what, whether it
// was allowed, and by which statement. The table at a rehearsal's end is made of it.
package ledger

import (
	"slices"
	"sync"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// Nobody is the principal without a name: no token and no signature, or no valid one.
const Nobody = "nobody"

// Who names a session as an entry does: Nobody is a session of no role.
func Who(of session.Session) string {
	if of.Role == (identity.RoleARN{}) {
		return Nobody
	}
	return of.ARN().String()
}

// Entry is one attempt.
type Entry struct {
	Time time.Time
	// Who is the ARN of a role session, the subject of a token, or Nobody.
	Who string
	// Action is the action that was tried, such as "ecr:PutImage".
	Action string
	// Resource is the ARN of what it was tried on; "*" if the action knows none.
	Resource string
	Verdict  verdict.Verdict
}

// Ledger is a list of attempts in their order. The zero value is empty. It may be used
// by several goroutines at once.
type Ledger struct {
	mu      sync.Mutex
	entries []Entry
}

// Add puts an attempt at the end, and its time to now.
func (l *Ledger) Add(entry Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Time = time.Now()
	l.entries = append(l.entries, entry)
}

// Mark is a place between two attempts.
type Mark int

// Mark is the place behind the last attempt.
func (l *Ledger) Mark() Mark {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Mark(len(l.entries))
}

// Since are the attempts behind a mark; behind the zero mark are all.
func (l *Ledger) Since(mark Mark) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries[mark:])
}
