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
		return unknown(node.Place, missing(strings.Join(names, ".")))
	}
	return text
}

// documentIn reads a policy document that the command always prints.
func documentIn(node *source.Node, member string) facts.Document {
	if !node.Has(member) {
		return unknownDocument(node.Place, missing(member))
	}
	return facts.NewDocument(node.Get(member), node.Place)
}

func missing(member string) string {
	return fmt.Sprintf("the output does not have %q", member)
}

func unknown(at source.Place, why string) facts.Text {
	return facts.Text{Unknown: why, Place: at, There: true}
}

func unknownDocument(at source.Place, why string) facts.Document {
	return facts.Document{Place: at, There: true, Unknown: why}
}
