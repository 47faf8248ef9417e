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

// Known is a value that is written at the place, or follows from what is.
func Known(value string, at source.Place) Text {
	return Text{Value: value, Place: at, There: true}
}

// Unknown is a value that the files show to exist; why says why they do not have it.
func Unknown(why string, at source.Place) Text {
	return Text{Unknown: why, Place: at, There: true}
}

// Or returns the text, or the value if it is not there.
func (t Text) Or(value string) Text {
	if !t.There {
		t.Value, t.There = value, true
	}
	return t
}

// TextOf is the scalar in the node. What is not there is expected at the given
// place; a list or an object is no text and counts as not there.
func TextOf(node *source.Node, expected source.Place) Text {
	switch {
	case node.Scalar():
		return Known(node.Text, node.Place)
	case node.Is(source.Unknown):
		return Unknown(node.Text, node.Place)
	}
	return Text{Place: expected}
}

// TextsOf are the scalars of a list, or the one scalar.
func TextsOf(node *source.Node) []Text {
	values := node.Values()
	texts := make([]Text, 0, len(values))
	for _, value := range values {
		texts = append(texts, TextOf(value, value.Place))
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
