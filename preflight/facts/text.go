package facts

import "keyless-runners/preflight/source"

// Text is a string that files state, or show to exist without its value. The
// zero value is not there.
type Text struct {
	// Value is the string; "" if it is unknown or not there.
	Value string
	// Unknown says why the value is not known, such as `parameter "Cluster" has
	// no default`; "" if it is known or not there.
	Unknown string
	// Place is where the value is written; where one would be expected, if it is
	// not there.
	Place source.Place
	// There reports whether the files have the value, known or not.
	There bool
}

// TextOf is the scalar in the node. What is not there is expected at the given
// place; a list or an object is no text and counts as not there.
func TextOf(node *source.Node, expected source.Place) Text {
	switch {
	case node.Scalar():
		return Text{Value: node.Text, Place: node.Place, There: true}
	case node != nil && node.Kind == source.Unknown:
		return Text{Unknown: node.Text, Place: node.Place, There: true}
	}
	return Text{Place: expected}
}

// TextsOf are the scalars of a list, or the one scalar.
func TextsOf(node *source.Node) []Text {
	if node == nil || node.Kind == source.Null {
		return nil
	}
	if node.Kind != source.List {
		return []Text{TextOf(node, node.Place)}
	}
	texts := make([]Text, 0, len(node.Items))
	for _, item := range node.Items {
		texts = append(texts, TextOf(item, item.Place))
	}
	return texts
}

// Known reports whether the value is there and known.
func (t Text) Known() bool {
	return t.There && t.Unknown == ""
}

// Is reports whether the value is known and the given one.
func (t Text) Is(value string) bool {
	return t.Known() && t.Value == value
}

// MayBe reports whether the value is the given one or unknown.
func (t Text) MayBe(value string) bool {
	return t.There && (t.Unknown != "" || t.Value == value)
}

// Contradicts reports whether the value is known and another.
func (t Text) Contradicts(value string) bool {
	return t.Known() && t.Value != value
}

// Same reports whether both are one value, or unknown for one reason.
func (t Text) Same(other Text) bool {
	return t.Value == other.Value && t.Unknown == other.Unknown
}
