package account

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// stated reads a scalar that the command always prints. If it is missing, the output was
// filtered and the value is unknown.
func stated(node *source.Node, names ...string) facts.Text {
	text := facts.TextOf(node.Get(names...), node.Place)
	if !text.There {
		return facts.Unknown(missing(strings.Join(names, ".")), node.Place)
	}
	return text
}

// documentIn reads a policy document that the command always prints.
func documentIn(node *source.Node, member string) facts.Document {
	if !node.Has(member) {
		return facts.UnknownDocument(missing(member), node.Place)
	}
	return facts.NewDocument(node.Get(member), node.Place)
}

func missing(member string) string {
	return fmt.Sprintf("the output does not have %q", member)
}
