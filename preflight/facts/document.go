package facts

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/source"
)

// Document is a policy document in its place.
type Document struct {
	// Place is where it begins; where one would be expected, if it is not there.
	Place source.Place
	There bool
	// Unknown says why nothing of the document is known; "" otherwise.
	Unknown string
	// Problem makes IAM refuse the document; Policy is then empty.
	Problem *Problem
	// Policy has what is known: an unknown action, resource, principal or wanted
	// value in it matches nothing, so a request that Policy allows or denies is
	// allowed or denied for certain by that statement.
	Policy policy.Document
	// Maybe holds the statements with something unknown, by their place in
	// Policy.Statement.
	Maybe map[int]Maybe
	// Partial reports that of AWS's own policy the document has what is about Amazon ECR, and not all else.
	Partial bool

	// statements are where those of Policy are written.
	statements []written
	// length is the length of the document's JSON without white space.
	length int
}

// LongerThan reports whether IAM counts more characters than those in the document.
func (d Document) LongerThan(characters int) bool {
	return d.length > characters && d.Policy.Size() > characters
}

// Maybe is a statement of which something is not known.
type Maybe struct {
	// Why says what is not known, and why; Place is where it is written.
	Why   string
	Place source.Place
	// AtMost applies to every request that the statement could apply to.
	AtMost policy.Statement
}

// NamesUnknown reports that the principals of the statement, if it has any, are not all known.
func (m Maybe) NamesUnknown() bool { return m.AtMost.Principal == nil && m.AtMost.NotPrincipal == nil }

// Problem says what is wrong with a value, and where.
type Problem struct {
	Place source.Place
	// What is the path of the value, what is wrong with it and what is allowed.
	What string
}

// LooseDocument is a policy document in a separate file, which says nothing of
// what it belongs to.
type LooseDocument struct {
	Document Document
	// Trust says that it names principals and no resources.
	Trust bool
}

// unknownText stands for an unknown string. It equals no name of AWS, and has no
// wildcard in it.
const unknownText = "\uFFFDunknown\uFFFD"

// UnknownDocument is a document of which nothing is known; why says why.
func UnknownDocument(why string, at source.Place) Document {
	return Document{Unknown: why, Place: at, There: true}
}

// IsUnknown reports whether a value of a Policy stands for one that is not known.
func IsUnknown(value string) bool {
	return value == unknownText
}

// NewDocument reads the document in the node: an object, or a string that holds
// the JSON of one, as the IAM API encodes it or not. A missing document is
// expected at the given place.
func NewDocument(node *source.Node, expected source.Place) Document {
	switch {
	case node == nil || node.Kind == source.Null:
		return Document{Place: expected}
	case node.Kind == source.Unknown:
		return UnknownDocument(node.Text, node.Place)
	case node.Kind == source.String:
		inner, problem := parseText(node)
		if problem != nil {
			return Document{Place: node.Place, There: true, Problem: problem}
		}
		node = inner
	}
	text := appendJSON(nil, node)
	d := Document{Place: node.Place, There: true, length: len(text)}
	document, err := policy.Parse(text)
	var wrong *policy.ParseError
	if errors.As(err, &wrong) {
		value, at := follow(node, wrong.Path)
		if value.Kind == source.Unknown {
			return UnknownDocument(value.Text, d.Place)
		}
		d.Problem = &Problem{at, strings.TrimPrefix(wrong.Path+": "+wrong.Problem, ": ")}
		return d
	}
	d.Policy = document
	for i, statement := range node.Get("Statement").Values() {
		d.statements = append(d.statements, written{place: statement.Place, in: writtenIn(statement)})
		d.setUnknownAside(i, statement)
	}
	return d
}

// parseText reads the document that a string holds. What is in it is at the
// string's place.
func parseText(node *source.Node) (*source.Node, *Problem) {
	text := node.Text
	if strings.HasPrefix(text, "%7B") {
		if plain, err := url.QueryUnescape(text); err == nil {
			text = plain
		}
	}
	// YAML would be read too, and its aliases multiply what a template repeats.
	var whole json.RawMessage
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		return nil, &Problem{node.Place, "the text is no policy document: not JSON: " + err.Error()}
	}
	roots, err := source.Parse(node.Place.File, []byte(text))
	var wrong *source.Error
	if errors.As(err, &wrong) {
		return nil, &Problem{node.Place, "the text is no policy document: " + wrong.Problem}
	}
	roots[0].PutAt(node.Place)
	return roots[0], nil
}

// setUnknownAside notes that something in the statement is unknown. If it could widen
// what the statement applies to, Policy's applies to nothing any more.
func (d *Document) setUnknownAside(i int, node *source.Node) {
	unknown := node.FirstUnknown()
	if unknown == nil {
		return
	}
	if d.Maybe == nil {
		d.Maybe = map[int]Maybe{}
	}
	statement := &d.Policy.Statement[i]
	d.Maybe[i] = Maybe{unknown.Text, unknown.Place, atMost(*statement, node)}
	if widens(node) {
		statement.Action, statement.NotAction = policy.Values{unknownText}, nil
	}
}

// widens reports whether something unknown is where a value more can make the
// statement apply to more: in what it excludes, or in a condition that negates.
func widens(statement *source.Node) bool {
	if hasUnknown(statement, "NotAction", "NotResource", "NotPrincipal", "Effect") {
		return true
	}
	for _, operator := range statement.Get("Condition").Entries() {
		plain := strings.HasPrefix(operator.Name, "String") || strings.HasPrefix(operator.Name, "Arn")
		if operator.Value.FirstUnknown() != nil && (!plain || strings.Contains(operator.Name, "Not")) {
			return true
		}
	}
	return false
}

func hasUnknown(statement *source.Node, elements ...string) bool {
	return slices.ContainsFunc(elements, func(element string) bool { return statement.Get(element).FirstUnknown() != nil })
}

// atMost keeps of a statement what is known to limit it.
func atMost(statement policy.Statement, node *source.Node) policy.Statement {
	if hasUnknown(node, "Action", "NotAction") {
		statement.Action, statement.NotAction = policy.Values{"*"}, nil
	}
	if hasUnknown(node, "Resource", "NotResource") {
		statement.Resource, statement.NotResource = policy.Values{"*"}, nil
	}
	if hasUnknown(node, "Principal", "NotPrincipal") {
		statement.Principal, statement.NotPrincipal = nil, nil
	}
	if hasUnknown(node, "Condition") {
		statement.Condition = nil
	}
	return statement
}

// With returns the document with a statement of another behind its own, which keeps its place.
// Why says why it may not count; "" if it does.
func (d Document) With(other Document, n int, why string) Document {
	d.statements = append(slices.Clone(d.statements), other.statements[n])
	d.Maybe = maps.Clone(d.Maybe)
	if d.Maybe == nil {
		d.Maybe = map[int]Maybe{}
	}
	statement := other.Policy.Statement[n]
	if maybe, open := other.Maybe[n]; open {
		d.Maybe[len(d.Policy.Statement)] = maybe
	} else if why != "" {
		d.Maybe[len(d.Policy.Statement)] = Maybe{why, other.Statement(n), statement}
		statement.Action, statement.NotAction = policy.Values{unknownText}, nil
	}
	d.Policy.Statement = append(slices.Clone(d.Policy.Statement), statement)
	return d
}
