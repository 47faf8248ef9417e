package github

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"keyless-runners/preflight/source"
)

// workflowSchema is what of the schema in @actions/workflow-parser 0.3.61 its workflow-root reaches,
// without descriptions (https://github.com/actions/languageservices; schema/LICENSE). Filters of
// events are not in it: GitHub ignores those that it does not have.
//
//go:embed schema/workflow-v1.0.json
var workflowSchema []byte

// definition is what the schema says of a value: one of others, or of one kind.
type definition struct {
	// Context are the contexts, and the functions with how many arguments they take, that
	// expressions may use there and below.
	Context       []string
	OneOf         []string `json:"one-of"`
	AllowedValues []string `json:"allowed-values"`
	String        *struct {
		Constant string
		NonEmpty bool `json:"require-non-empty"`
	}
	Null, Boolean, Number *struct{}
	Sequence              *struct {
		ItemType string `json:"item-type"`
	}
	Mapping *struct {
		Properties map[string]property
		Loose      string `json:"loose-value-type"`
	}
}

// property is a member of an object: its definition's name, and whether it has to be there.
type property struct {
	Type     string
	Required bool
}

func (p *property) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &p.Type)
	}
	type object property
	return json.Unmarshal(text, (*object)(p))
}

// definitions are those of the schema by name, with those that it takes for granted.
var definitions = sync.OnceValue(func() map[string]*definition {
	all := map[string]*definition{}
	for _, text := range [][]byte{workflowSchema, []byte(`{
		"string": {"string": {}}, "number": {"number": {}}, "boolean": {"boolean": {}}, "null": {"null": {}},
		"sequence": {"sequence": {"item-type": "any"}}, "mapping": {"mapping": {"loose-value-type": "any"}},
		"any": {"one-of": ["string", "number", "boolean", "null", "sequence", "mapping"]}}`)} {
		if err := json.Unmarshal(text, &all); err != nil {
			panic(err)
		}
	}
	return all
})

// definitionsOf are the definitions of one kind that a definition may be.
func definitionsOf(name string) (all []*definition) {
	d := definitions()[name]
	if len(d.OneOf) == 0 {
		return []*definition{d}
	}
	for _, other := range d.OneOf {
		all = append(all, definitionsOf(other)...)
	}
	return all
}

// takes reports whether a value that is neither list nor object is of the definition. GitHub
// makes strings of numbers and booleans, and of nothing the empty one.
func (d *definition) takes(node *source.Node) bool {
	switch {
	case d.String != nil && d.String.Constant != "":
		return node.Text == d.String.Constant
	case d.String != nil:
		return node.Text != "" || !d.String.NonEmpty
	case d.Null != nil:
		return node.Kind == source.Null
	case d.Boolean != nil:
		return node.Kind == source.Bool
	case d.Number != nil:
		return node.Kind == source.Number
	}
	return slices.Contains(d.AllowedValues, node.Text)
}

// member is the name of the definition of an object's member, "" if it has no such member.
// The names' case does not count.
func (d *definition) member(name string) string {
	for known, of := range d.Mapping.Properties {
		if strings.EqualFold(known, name) {
			return of.Type
		}
	}
	return d.Mapping.Loose
}

// required are the members that an object has to have, in their order.
func (d *definition) required() (names []string) {
	for name, of := range d.Mapping.Properties {
		if of.Required {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// words are what the definitions take, as a message lists it.
func words(all []*definition) string {
	var found []string
	for _, d := range all {
		switch {
		case d.String != nil && d.String.Constant != "":
			found = append(found, `"`+d.String.Constant+`"`)
		case d.String != nil:
			found = append(found, source.String.String())
		case d.Boolean != nil:
			found = append(found, source.Bool.String())
		case d.Number != nil:
			found = append(found, source.Number.String())
		case d.Sequence != nil:
			found = append(found, source.List.String())
		case d.Mapping != nil:
			found = append(found, source.Map.String())
		}
		for _, value := range d.AllowedValues {
			found = append(found, `"`+value+`"`)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	last := len(found) - 1
	return strings.TrimPrefix(strings.Join(found[:last], ", ")+" or "+found[last], " or ")
}
