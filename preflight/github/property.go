package github

import (
	"strconv"

	"keyless-runners/preflight/source"
)

// properties returns what the path leads to in every alternative that is an object.
func (s scope) properties(v value, path []string) value {
	s.matrix = nil // its own values see none of it
	var found value
	for _, a := range v {
		if !s.spend(1 + len(path)) {
			return unknownValue(kindUnknown, tooMany)
		}
		if why := a.text.why(); why != "" {
			found = append(found, a.as(textUnknown(why)))
			continue
		}
		found = append(found, s.in(s.value(s.property(a.node, path)), a.world)...) // null of a string
	}
	return s.capped(found)
}

// property is a value in an object or a list; nil, as null, if it is not there.
func (s scope) property(node *source.Node, path []string) *source.Node {
	for _, name := range path {
		if node != nil && !s.spend(len(node.Members)) {
			return &source.Node{Kind: source.Unknown, Text: tooMany}
		}
		if i, err := strconv.Atoi(name); err == nil && node != nil && node.Kind == source.List {
			if i < 0 || i >= len(node.Items) {
				return nil
			}
			node = node.Items[i]
			continue
		}
		node = node.Get(name)
	}
	return node
}
