package cloudformation

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// parameter returns a scalar, a list of strings or an unknown value.
func (r *resolver) parameter(name string, declaration *source.Node) *source.Node {
	value, ok := r.values[name]
	if !ok {
		value = r.parameterValue(name, declaration)
		r.values[name] = value
	}
	return value
}

// parameterValue prefers the value that the user gives to the default.
func (r *resolver) parameterValue(name string, declaration *source.Node) *source.Node {
	because := func(format string, args ...any) *source.Node {
		return unknownNode(fmt.Sprintf("parameter %q ", facts.Short(name))+fmt.Sprintf(format, args...), declaration.Place)
	}
	kind := declaration.Word("Type")
	if strings.HasPrefix(kind, "AWS::SSM::Parameter::Value<") {
		return because("is read from SSM at deployment")
	}
	text, given := r.given[name]
	if !given {
		byDefault := declaration.Get("Default")
		switch {
		case byDefault == nil || byDefault.Kind == source.Null:
			return because("has no default; give it with --parameter %s=VALUE", facts.Short(name))
		case !byDefault.Scalar() || byDefault.Tag != "":
			return because("has a default that is no string; give it with --parameter %s=VALUE", facts.Short(name))
		}
		text = byDefault.Text
	}
	if why := dynamic(text); why != "" {
		return unknownNode(why, declaration.Place)
	}
	if kind != "CommaDelimitedList" && !strings.HasPrefix(kind, "List<") {
		return &source.Node{Kind: source.String, Text: text}
	}
	texts := strings.Split(text, ",")
	for i := range texts {
		texts[i] = strings.TrimSpace(texts[i])
	}
	return listOf(texts)
}
