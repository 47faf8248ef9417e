package facts

import (
	"encoding/json"

	"keyless-runners/preflight/source"
)

// appendJSON writes the node as JSON, in which an unknown value is unknownText.
func appendJSON(text []byte, node *source.Node) []byte {
	switch node.Kind {
	case source.Null:
		return append(text, "null"...)
	case source.Bool, source.Number:
		if json.Valid([]byte(node.Text)) {
			return append(text, node.Text...)
		}
		return appendString(text, node.Text)
	case source.Unknown:
		return appendString(text, unknownText)
	case source.List:
		text = append(text, '[')
		for i, item := range node.Items {
			if i > 0 {
				text = append(text, ',')
			}
			text = appendJSON(text, item)
		}
		return append(text, ']')
	case source.Map:
		text = append(text, '{')
		for i, member := range node.Members {
			if i > 0 {
				text = append(text, ',')
			}
			text = append(appendString(text, member.Name), ':')
			text = appendJSON(text, member.Value)
		}
		return append(text, '}')
	}
	return appendString(text, node.Text)
}

func appendString(text []byte, value string) []byte {
	quoted, err := json.Marshal(value)
	if err != nil {
		panic(err) // a string always encodes
	}
	return append(text, quoted...)
}
