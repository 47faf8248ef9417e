package report

import (
	"strings"

	"keyless-runners/identity"
)

// omitted counts what a report had no room for. The verdict states it, so that no
// reader takes a part for the whole.
type omitted struct {
	findings, places, rows, values, chains int
}

// String is "" if everything is there.
func (o omitted) String() string {
	return strings.Join(counted(
		count{o.findings, "finding", "findings"},
		count{o.places, "place", "places"},
		count{o.rows, "row", "rows"},
		count{o.values, "part of a long value", "parts of long values"},
		count{o.chains, "chain", "chains"},
	), ", ")
}

// count is a number of something.
type count struct {
	n         int
	one, many string
}

// counted are the counts of what there is.
func counted(all ...count) (parts []string) {
	for _, of := range all {
		if of.n > 0 {
			parts = append(parts, identity.Count(of.n, of.one, of.many))
		}
	}
	return parts
}
