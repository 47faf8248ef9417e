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

// arn is the ARN of what an output speaks of.
type arn struct {
	text facts.Text
	// parts are six, or none if the text is no ARN.
	parts []string
}

// arnOf reads the member of a node that holds its ARN.
func arnOf(node *source.Node, member string) arn {
	a := arn{text: stated(node, member)}
	if parts := strings.SplitN(a.text.Value, ":", arnParts); len(parts) == arnParts && parts[0] == "arn" {
		a.parts = parts
	}
	return a
}

// part is one part of the ARN, unknown if there is none.
func (a arn) part(i int) facts.Text {
	switch {
	case !a.text.Known():
		return a.text
	case a.parts == nil || a.parts[i] == "":
		return unknown(a.text.Place, fmt.Sprintf("%q is not a complete ARN", a.text.Value))
	}
	return facts.Text{Value: a.parts[i], Place: a.text.Place, There: true}
}
