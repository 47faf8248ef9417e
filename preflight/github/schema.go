package github

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"keyless-runners/preflight/source"
)

// workflowSchema is the part of the schema in @actions/workflow-parser 0.3.61 that its workflow-root reaches,
// without descriptions (https://github.com/actions/languageservices; schema/LICENSE). Filters of
// events are not in it: GitHub ignores those that it does not have.
//
//go:embed schema/workflow-v1.0.json
var workflowSchema []byte

// definition describes a value: by other definitions, of which it is one, or by its kind.
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
		// Properties are the members by name.
		Properties map[string]property
		Loose      string `json:"loose-value-type"`
	}
	// alternatives are the definitions of one kind that the value may be, objects those of them that are one.
	alternatives, objects []*definition
	// required are the names of the members that an object has to have, sorted.
	required []string
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

// definitions are the schema's by name, with the types that it presupposes.
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
	for _, d := range all {
		d.alternatives, d.required = d.oneOf(all), d.requires()
		d.objects = slices.DeleteFunc(slices.Clone(d.alternatives), func(one *definition) bool { return one.Mapping == nil })
	}
	return all
})

func (d *definition) oneOf(all map[string]*definition) (alternatives []*definition) {
	if len(d.OneOf) == 0 {
		return []*definition{d}
	}
	for _, name := range d.OneOf {
		alternatives = append(alternatives, all[name].oneOf(all)...)
	}
	return alternatives
}

// accepts reports whether a value that is neither list nor object is of the definition. GitHub converts
// numbers, booleans and null to strings.
func (d *definition) accepts(node *source.Node) bool {
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

// member returns the name of the definition of an object's member, "" if it has no such member.
// A name in capitals is another name (actions/runner, MappingDefinition.cs: StringComparer.Ordinal).
func (d *definition) member(name string) string {
	if of, known := d.Mapping.Properties[name]; known {
		return of.Type
	}
	return d.Mapping.Loose
}

func (d *definition) requires() (names []string) {
	if d.Mapping == nil {
		return nil
	}
	for name, of := range d.Mapping.Properties {
		if of.Required {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// listed lists what the definitions accept, as a message does.
func listed(all []*definition) string {
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
	if last == 0 {
		return found[0]
	}
	return strings.Join(found[:last], ", ") + " or " + found[last]
}
