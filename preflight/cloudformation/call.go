package cloudformation

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/source"
)

const ref = "Ref"

// call is a function of CloudFormation and what it is given.
type call struct {
	// function is the long name, such as "Ref" or "Fn::Sub".
	function string
	argument *source.Node
	at       source.Place
}

// callOf reads both forms of a call: YAML's tag, and an object with the function's
// name alone.
func callOf(node *source.Node) (c call, ok bool) {
	if node.Tag != "" {
		argument := *node
		argument.Tag = ""
		return call{longName(node.Tag), &argument, node.Place}, true
	}
	if node.Kind == source.Map && len(node.Members) == 1 && isFunction(node.Members[0].Name) {
		return call{node.Members[0].Name, node.Members[0].Value, node.Place}, true
	}
	return call{}, false
}

func isFunction(name string) bool {
	return name == ref || strings.HasPrefix(name, "Fn::")
}

// longName is the name of the function with the tag.
func longName(tag string) string {
	name := strings.TrimPrefix(tag, "!")
	if name == ref || name == "Condition" {
		return name
	}
	return "Fn::" + name
}

// items are what a function is given in a list of so many; ok is false if it is
// given something else.
func (c call) items(least, most int) (items []*source.Node, ok bool) {
	items = c.argument.Items
	return items, c.argument.Kind == source.List && least <= len(items) && len(items) <= most
}

// unknown is a value of which only the deployment knows more.
func (c call) unknown(why string) *source.Node {
	return unknown(why, c.at)
}

// wrong is the value of a call that is not of the wanted form.
func (c call) wrong(want string) *source.Node {
	return c.unknown(fmt.Sprintf("%s: want %s", c.function, want))
}

func unknown(why string, at source.Place) *source.Node {
	return &source.Node{Kind: source.Unknown, Text: why, Place: at}
}

// short is as much of a text as a reason quotes.
func short(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
