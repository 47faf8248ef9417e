package account

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// stated is the scalar that the output always has where the names lead. If it is
// not there, the output was cut down and the value is unknown.
func stated(node *source.Node, names ...string) facts.Text {
	text := facts.TextOf(node.Get(names...), node.Place)
	if !text.There {
		return unknown(node.Place, missing(strings.Join(names, ".")))
	}
	return text
}

// documentIn is the policy document that the output always has in the member.
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
