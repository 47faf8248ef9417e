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
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{
		{o.findings, "finding", "findings"},
		{o.places, "place", "places"},
		{o.rows, "row", "rows"},
		{o.values, "part of a long value", "parts of long values"},
		{o.chains, "chain", "chains"},
	} {
		if part.n > 0 {
			parts = append(parts, identity.Count(part.n, part.one, part.many))
		}
	}
	return strings.Join(parts, ", ")
}
