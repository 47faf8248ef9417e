package cloudformation

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/source"
)

const (
	ref    = "Ref"
	getAtt = "Fn::GetAtt"
)

type call struct {
	// function is the long name, such as "Ref" or "Fn::Sub".
	function string
	argument *source.Node
	at       source.Place
}

// callOf reads both forms of a call: a YAML tag, and an object whose only member is the
// function. ok is false of another member's name, such as "Condition", which is one among
// conditions alone.
func callOf(node *source.Node) (c call, ok bool) {
	if node.Tag != "" {
		argument := *node
		argument.Tag = ""
		return call{longName(node.Tag), &argument, node.Place}, true
	}
	if node.Kind == source.Map && len(node.Members) == 1 {
		only := node.Members[0]
		return call{only.Name, only.Value, node.Place}, only.Name == ref || strings.HasPrefix(only.Name, "Fn::")
	}
	return call{}, false
}

func longName(tag string) string {
	name := strings.TrimPrefix(tag, "!")
	if name == ref || name == "Condition" {
		return name
	}
	return "Fn::" + name
}

// items returns an argument that is a list with a length from least to most; ok is false for
// any other.
func (c call) items(least, most int) (items []*source.Node, ok bool) {
	items = c.argument.Items
	return items, c.argument.Kind == source.List && least <= len(items) && len(items) <= most
}

func (c call) unknown(why string) *source.Node {
	return unknownNode(why, c.at)
}

func (c call) wrong(want string) *source.Node {
	return c.unknown(fmt.Sprintf("%s: want %s", c.function, want))
}

func unknownNode(why string, at source.Place) *source.Node {
	return &source.Node{Kind: source.Unknown, Text: why, Place: at}
}
