package mutation_test

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v3"

	"keyless-runners/preflight/source"
)

// write is the text of the documents, in the form that the file's name tells.
func write(file string, documents []*source.Node) string {
	if strings.HasSuffix(file, ".json") {
		return writeJSON(documents[0], " ")
	}
	return writeYAML(documents, 2, 0)
}

// writeJSON is the value as JSON with the indent.
func writeJSON(n *source.Node, indent string) string {
	var text bytes.Buffer
	if err := json.Indent(&text, appendJSON(nil, n), "", indent); err != nil {
		panic(err) // appendJSON writes JSON
	}
	return text.String()
}

func appendJSON(text []byte, n *source.Node) []byte {
	switch n.Kind {
	case source.Null:
		return append(text, "null"...)
	case source.Number, source.Bool:
		return append(text, n.Text...)
	case source.List:
		text = append(text, '[')
		for i, item := range n.Items {
			if i > 0 {
				text = append(text, ',')
			}
			text = appendJSON(text, item)
		}
		return append(text, ']')
	case source.Map:
		text = append(text, '{')
		for i, member := range n.Members {
			if i > 0 {
				text = append(text, ',')
			}
			text = append(appendString(text, member.Name), ':')
			text = appendJSON(text, member.Value)
		}
		return append(text, '}')
	}
	return appendString(text, n.Text)
}

func appendString(text []byte, value string) []byte {
	quoted, err := json.Marshal(value)
	if err != nil {
		panic(err) // a string always encodes
	}
	return append(text, quoted...)
}

// writeYAML is the documents as YAML with the indent, each value in the style.
func writeYAML(documents []*source.Node, indent int, style yaml.Style) string {
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(indent)
	for _, document := range documents {
		if err := encoder.Encode(yamlNode(document, style)); err != nil {
			panic(err) // every tree can be written
		}
	}
	if err := encoder.Close(); err != nil {
		panic(err)
	}
	return text.String()
}

func yamlNode(n *source.Node, style yaml.Style) *yaml.Node {
	switch n.Kind {
	case source.List:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: n.Tag, Style: style & yaml.FlowStyle}
		for _, item := range n.Items {
			list.Content = append(list.Content, yamlNode(item, style))
		}
		return list
	case source.Map:
		object := &yaml.Node{Kind: yaml.MappingNode, Tag: n.Tag, Style: style & yaml.FlowStyle}
		for _, member := range n.Members {
			name := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: member.Name, Style: style &^ yaml.FlowStyle}
			object.Content = append(object.Content, name, yamlNode(member.Value, style))
		}
		return object
	case source.String:
		if n.Tag != "" {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: n.Tag, Style: yaml.TaggedStyle, Value: n.Text}
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: n.Text, Style: style &^ yaml.FlowStyle}
	case source.Null:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: n.Text}
}
