package kubernetes

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// textOf is the scalar in the node. What is empty is not there: the API and the
// controllers make no difference between the two.
func textOf(node *source.Node, expected source.Place) facts.Text {
	text := facts.TextOf(node, expected)
	if text.Is("") {
		return facts.Text{Place: text.Place}
	}
	return text
}

// known is a text that no file has: the controller or the webhook writes it.
func known(value string) facts.Text {
	return facts.Text{Value: value, There: true}
}

// flagOf is a boolean as "true" or "false". kubectl reads the words of YAML 1.1
// too (go.yaml.in/yaml/v2, resolve.go).
func flagOf(node *source.Node, expected source.Place) facts.Text {
	text := facts.TextOf(node, expected)
	switch strings.ToLower(text.Value) {
	case "true", "yes", "on", "y":
		text.Value = "true"
	case "false", "no", "off", "n":
		text.Value = "false"
	}
	return text
}

func stringsOf(list *source.Node) []string {
	var values []string
	for _, item := range list.Elements() {
		if item.Scalar() {
			values = append(values, item.Text)
		}
	}
	return values
}

func placeOf(node *source.Node, expected source.Place) source.Place {
	if node == nil {
		return expected
	}
	return node.Place
}
