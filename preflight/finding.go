package preflight

import "keyless-runners/preflight/source"

// Severity says what a finding means for the proof.
type Severity int

const (
	// Note is worth knowing and breaks nothing.
	Note Severity = iota
	// Warning means that the proof is incomplete, or wider than it should be.
	Warning
	// Error means that a job will fail, or that somebody else can push.
	Error
)

func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// Finding is something that is wrong with the files.
type Finding struct {
	// Kind says what sort of finding this is.
	Kind Kind
	// Place is where to look first.
	Place source.Place
	// Problem is what is wrong, in one line that quotes values.
	Problem string
	// Fix is what to do about it, in one line.
	Fix string
	// Related are other places that belong to it.
	Related []Related
	// Waived is the reason for which somebody let the finding stand; "" if
	// nobody did.
	Waived string
}

// Related is a place that explains a finding.
type Related struct {
	Place source.Place
	// What says what is there, such as "the role's trust policy".
	What string
}

// Kind is a sort of finding. docs/checks.md has a section for each.
type Kind struct {
	// ID is stable and never used again for something else, such as "KR012".
	ID       string
	Severity Severity
	// Title says in a few words what is wrong.
	Title string
}
