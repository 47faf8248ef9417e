package cloudformation

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"sync"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// resourceSchemas holds the part of CloudFormation's schemas that states which properties there are, their
// kinds and their allowed words, for the types that the chain is made of. Names and paths are judged where
// they are used. The schemas are the ones in cfn-lint 1.51.0
// (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html).
//
//go:embed resources.json
var resourceSchemas []byte

// schema describes a resource's properties, or one of their values.
type schema struct {
	Type             []string
	Enum             []string
	Minimum, Maximum float64
	Required         []string
	Properties       map[string]*schema
	Items            *schema
	// ReadOnly are the attributes that Fn::GetAtt returns.
	ReadOnly []string
}

var schemas = sync.OnceValue(func() (all map[string]*schema) {
	if err := json.Unmarshal(resourceSchemas, &all); err != nil {
		panic(err)
	}
	return all
})

// invalid returns the refusals of a resource's properties.
func (r *resolver) invalid(of *resource) (found []facts.Text) {
	s := schemas()[of.kind]
	properties := of.node.Get("Properties")
	isCall := false
	if properties != nil {
		_, isCall = callOf(properties)
	}
	if s == nil || isCall || of.condition != "" && !r.condition(of.condition).is(true) {
		return nil
	}
	known := slices.Sorted(maps.Keys(s.Properties))
	for _, property := range properties.Entries() {
		wanted, has := s.Properties[property.Name]
		if near := identity.Closest(property.Name, known); !has && near != "" {
			found = append(found, refusal(property.Place, "%q is no property of %s%s", facts.Short(property.Name), of.kind, identity.DidYouMean(near)))
		}
		if has && wanted.judges() {
			found = append(found, wanted.invalid(r.resolve(property.Value), strconv.Quote(property.Name), property.Place)...)
		}
	}
	return append(found, s.lacking(properties, of.kind, of.place)...)
}

// lacking returns the refusals of required properties that an object does not have.
func (s *schema) lacking(object *source.Node, name string, at source.Place) (found []facts.Text) {
	for _, required := range s.Required {
		if object.Member(required) == nil {
			found = append(found, refusal(at, "%s has no %s", name, required))
		}
	}
	return found
}

// judges reports whether there is a schema with one kind: policy documents may be objects or texts.
func (s *schema) judges() bool {
	return s != nil && len(s.Type) == 1
}

// invalid returns the refusals of a value. CloudFormation converts between texts, numbers and booleans.
func (s *schema) invalid(value *source.Node, name string, at source.Place) (found []facts.Text) {
	if value == nil || value.Kind == source.Unknown || value.Kind == source.Null {
		return nil
	}
	refuse := func(format string, values ...any) []facts.Text {
		return []facts.Text{refusal(at, format, values...)}
	}
	wanted := map[string]source.Kind{"array": source.List, "object": source.Map}[s.Type[0]]
	number, err := strconv.ParseFloat(value.Text, 64)
	switch {
	case wanted == source.Null && !value.Scalar():
		return refuse("%s is %s; CloudFormation accepts a %s", name, value.Kind, s.Type[0])
	case wanted != source.Null && value.Kind != wanted:
		return refuse("%s is %s; CloudFormation accepts %s", name, value.Kind, wanted)
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, value.Text):
		return refuse("%s is %q; CloudFormation accepts %s", name, facts.Short(value.Text), facts.Quoted(s.Enum))
	case s.Maximum > 0 && (err != nil || number < s.Minimum || number > s.Maximum):
		return refuse("%s is %q; CloudFormation accepts %g to %g", name, facts.Short(value.Text), s.Minimum, s.Maximum)
	}
	for _, item := range value.Items {
		if s.Items.judges() {
			found = append(found, s.Items.invalid(item, name, item.Place)...)
		}
	}
	for _, member := range value.Members {
		if of := s.Properties[member.Name]; of.judges() {
			found = append(found, of.invalid(member.Value, strconv.Quote(member.Name), member.Place)...)
		}
	}
	return append(found, s.lacking(value, name, at)...)
}
