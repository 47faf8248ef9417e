package cloudformation

import (
	"fmt"
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// sub resolves Fn::Sub: a text, or a list of a text and an object of variables. These hide the
// template's own parameters and resources of the same name.
func (r *resolver) sub(c call) *source.Node {
	const form = "a text, or [TEXT, {VARIABLE: VALUE}]"
	template, variables := c.argument, map[string]*source.Node{}
	if items, ok := c.items(2, 2); ok {
		if items[1].Kind != source.Map || items[1].Tag != "" {
			return c.wrong(form)
		}
		template = items[0]
		for _, member := range items[1].Members {
			variables[member.Name] = r.resolve(member.Value)
		}
	}
	if !template.Scalar() || template.Tag != "" {
		return c.wrong(form)
	}
	if plain, name, rest := cutVariable(template.Text); plain == "" && rest == "" && name != "" {
		return r.variable(c, name, variables) // the value itself, so whose name it is stays known
	}
	var text strings.Builder
	for rest := template.Text; rest != "" && text.Len() <= maxText; {
		var plain, name string
		plain, name, rest = cutVariable(rest)
		text.WriteString(plain)
		if name == "" {
			continue
		}
		piece, why := textOf(c, r.variable(c, name, variables))
		if why != "" {
			return c.unknown(why)
		}
		text.WriteString(piece)
	}
	return r.text(c, text.String())
}

// cutVariable cuts a text around its first variable. "${!NAME}" is not a variable: it writes
// "${NAME}".
func cutVariable(text string) (plain, name, rest string) {
	start := strings.Index(text, "${")
	if start < 0 {
		return text, "", ""
	}
	length := strings.IndexByte(text[start:], '}')
	if length < 0 {
		return text, "", ""
	}
	plain, name, rest = text[:start], text[start:start+length+1], text[start+length+1:]
	if literal, ok := strings.CutPrefix(name, "${!"); ok {
		return plain + "${" + literal, "", rest
	}
	return plain, name, rest
}

// variableName matches what CloudFormation accepts between the braces.
var variableName = regexp.MustCompile(`^[A-Za-z0-9_.:]+$`)

// variable returns the value of "${NAME}". The variables are resolved.
func (r *resolver) variable(c call, written string, variables map[string]*source.Node) *source.Node {
	name := written[len("${") : len(written)-len("}")]
	what := fmt.Sprintf("%s %q", c.function, facts.Short(written))
	if value, ok := variables[name]; ok {
		return inText(c, what, value)
	}
	if !variableName.MatchString(name) {
		return c.unknown(fmt.Sprintf("%s: want a name of letters, digits, \"_\", \".\" and \":\"; for the text itself write \"${!...}\"", what))
	}
	if id, attribute, ok := strings.Cut(name, "."); ok {
		return r.attributeOf(c, what, id, attribute)
	}
	return inText(c, what, r.reference(c, what, name))
}

// inText returns a value that has to be a scalar, because it is within a text.
func inText(c call, what string, value *source.Node) *source.Node {
	switch {
	case value == nil:
		return c.unknown(what + ": want a string, got AWS::NoValue")
	case value.Scalar() || value.Kind == source.Unknown:
		return value
	}
	return c.unknown(fmt.Sprintf("%s: want a string, got %s", what, value.Kind))
}
