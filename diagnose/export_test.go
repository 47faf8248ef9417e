package diagnose

import "regexp"

// Entry is what tests have to know of a failure.
type Entry struct {
	Marker    string
	Expr      *regexp.Regexp
	Diagnosis Diagnosis
}

// Entries are all that Explain knows, but denials.
func Entries() []Entry {
	entries := make([]Entry, len(known))
	for i, f := range known {
		entries[i] = Entry{f.marker, f.expr(), f.diagnosis}
	}
	return entries
}

// Chain is the order of the links.
var Chain = chain

// Clean is what is read of a text.
func Clean(text string) string {
	return words(clean(text))
}
