package account

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Where the parts of an ARN stand between its colons.
const (
	partition = 1
	service   = 2
	region    = 3
	account   = 4
	resource  = 5
	arnParts  = 6
)

type parsedARN struct {
	text facts.Text
	// parts has arnParts elements; nil if the text is not an ARN.
	parts []string
}

func arnOf(node *source.Node, member string) parsedARN {
	a := parsedARN{text: stated(node, member)}
	if parts := strings.SplitN(a.text.Value, ":", arnParts); len(parts) == arnParts && parts[0] == "arn" {
		a.parts = parts
	}
	return a
}

// part returns an unknown text for a part that is missing or empty.
func (a parsedARN) part(i int) facts.Text {
	switch {
	case !a.text.Known():
		return a.text
	case a.parts == nil || a.parts[i] == "":
		return facts.Unknown(fmt.Sprintf("%q is not a complete ARN", a.text.Value), a.text.Place)
	}
	return facts.Known(a.parts[i], a.text.Place)
}
