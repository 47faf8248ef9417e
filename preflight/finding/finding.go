// Package finding is the form of what rules report.
package finding

import "keyless-runners/preflight/source"

// Severity says what a finding means for the proof.
type Severity int

const (
	// Note is worth knowing and breaks nothing.
	Note Severity = iota
	// Warning means that the proof is incomplete, or wider than it should be.
	Warning
	// Error means that a job will fail, or that someone else can push.
	Error
)

func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// Finding is something that is wrong with the files.
type Finding struct {
	Kind Kind
	// Place is where to look first.
	Place source.Place
	// Problem says what is wrong, in one line that quotes values, and Fix what to do about it.
	Problem, Fix string
	// Related are other places that belong to it.
	Related []Related
	// Waived is the reason in the waiver of the finding; "" if it is not waived.
	Waived string
}

// Related is a place that explains a finding.
type Related struct {
	Place source.Place
	// What is there, such as "the role's trust policy".
	What string
}

// Kind is a sort of finding. docs/checks.md has a section for each.
type Kind struct {
	// ID is stable and never used again for something else, such as "KR012".
	ID       string
	Severity Severity
	// Title says what is wrong, in a few words.
	Title string
}
