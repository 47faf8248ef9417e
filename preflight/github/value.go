package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// value holds what a string may be: in every run it is one of the alternatives. One
// without alternatives is of no run.
type value []alternative

// alternative is one of the strings that a value may be.
type alternative struct {
	text pieces
	// plain says that it is a boolean, a number or null, and no string.
	plain bool
	// node is the list or object that it is, if it is no string.
	node *source.Node
	// world are the runs in which the value is this one.
	world world
}

// as is another text in the same runs.
func (a alternative) as(t pieces) alternative {
	return alternative{text: t, world: a.world}
}

// each is the value with another text in place of each alternative's.
func (v value) each(of func(pieces) pieces) value {
	all := make(value, len(v))
	for i, a := range v {
		all[i] = a.as(of(a.string()))
	}
	return all
}

// maxAlternatives is how many a value may have: beyond, it is unknown.
const maxAlternatives = 1000

const tooMany = "it may have too many values to follow"

func valueOf(text string) value {
	return value{{text: textOf(text)}}
}

func unknownValue(kind pieceKind, why string) value {
	return value{{text: pieces{{kind, why}}}}
}

// either is both outcomes of what is not known.
var either = value{{text: textOf("true"), plain: true}, {text: textOf("false"), plain: true}}

// literal returns the value if it is the same in every run.
func (v value) literal() (text string, ok bool) {
	if len(v) != 1 || v[0].node != nil {
		return "", false
	}
	return v[0].text.known()
}

// cutPrefix takes off a prefix that every alternative has.
func (v value) cutPrefix(prefix string) (rest value, ok bool) {
	for _, a := range v {
		text, has := a.text.cutPrefix(prefix)
		if !has {
			return v, false
		}
		rest = append(rest, a.as(text))
	}
	return rest, len(v) > 0
}

func (v value) has(kind pieceKind) bool {
	return slices.ContainsFunc(v, func(a alternative) bool { return a.text.has(kind) })
}

// empty reports whether the value is "" in every run.
func (v value) empty() bool {
	text, ok := v.literal()
	return ok && text == ""
}

// fact is the value as a fact: unknown if it has alternatives.
func (v value) fact(at source.Place) facts.Text {
	first := facts.Text{Place: at}
	for i, a := range v {
		text := a.text.fact(at)
		switch {
		case i == 0 || !first.Known() && text.Known():
			first = text
		case text.Known() && text.Value != first.Value:
			return facts.Text{Unknown: "it may be " + first.Value + " or " + text.Value, Place: at, There: true}
		}
	}
	if first.Known() && v.hasUnknown() {
		return facts.Text{Unknown: v.why(), Place: at, There: true}
	}
	return first
}

func (v value) hasUnknown() bool {
	return v.why() != ""
}

func (v value) why() string {
	for _, a := range v {
		if why := a.text.why(); why != "" {
			return why
		}
	}
	return ""
}

// truth reports whether an expression takes the alternative for true. sure is false
// if it may be either.
func (a alternative) truth() (is, sure bool) {
	if a.node != nil {
		return true, true
	}
	text, ok := a.orNull().text.known()
	switch {
	case !ok:
		holds := a.text.has(kindKnown) // whatever else, it is not empty
		return holds, holds
	case a.plain:
		return text != "" && text != "false" && strings.Trim(text, "-0.") != "" && text != "NaN", true
	}
	return text != "", true
}
