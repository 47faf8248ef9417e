package terraform

import (
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// maxDepth is how many references are followed from one to the next.
const maxDepth = 20

// configurationOf is the configuration of a module's instance, nil if there is none.
func (r *reader) configurationOf(module string) *tfjson.ConfigModule {
	if r.plan.Config == nil {
		return nil
	}
	found := r.plan.Config.RootModule
	for _, step := range split(module) {
		if name, _, _ := strings.Cut(step, "["); name != "module" {
			found = called(found, name)
		}
	}
	return found
}

// configOf is a resource in the configuration of its module, nil if it is not there.
func (r *reader) configOf(of *resource) *tfjson.ConfigResource {
	module := r.configurationOf(of.module)
	if module == nil {
		return nil
	}
	if r.configs[module] == nil {
		r.configs[module] = map[string]*tfjson.ConfigResource{}
		for _, config := range module.Resources {
			if config != nil {
				r.configs[module][config.Address] = config
			}
		}
	}
	return r.configs[module][of.kind+"."+of.name]
}

// called is the module that a module calls by a name.
func called(module *tfjson.ConfigModule, name string) *tfjson.ConfigModule {
	if module == nil || module.ModuleCalls[name] == nil {
		return nil
	}
	return module.ModuleCalls[name].Module
}

// split cuts an address or a reference at its dots; a key in brackets stays with the name
// before it.
func split(address string) []string {
	var steps []string
	quoted, start := false, 0
	for i := 0; i < len(address); i++ {
		switch {
		case quoted && address[i] == '\\':
			i++
		case address[i] == '"':
			quoted = !quoted
		case address[i] == '.' && !quoted:
			steps, start = append(steps, address[start:i]), i+1
		}
	}
	if address == "" {
		return nil
	}
	return append(steps, address[start:])
}

// referenced is the resource of which an expression is an attribute, and the attribute: nil if
// the expression refers to anything else, or to more. Terraform lists a reference with what
// it begins with, the longest first.
func (r *reader) referenced(expression *tfjson.Expression, module string) (of *resource, attribute string) {
	for range maxDepth {
		if expression == nil || expression.ExpressionData == nil || len(expression.References) == 0 {
			return nil, ""
		}
		whole := expression.References[0]
		if slices.ContainsFunc(expression.References, func(part string) bool { return !begins(whole, part) }) {
			return nil, ""
		}
		steps := split(whole)
		switch {
		case len(steps) == 2 && steps[0] == "var":
			expression, module = r.argument(steps[1], module)
		case len(steps) == 3 && steps[0] == "module":
			expression, module = r.output(steps[1], steps[2], module)
		case len(steps) >= 3:
			last := len(steps) - 1
			return r.byAddress[join(module, strings.Join(steps[:last], "."))], steps[last]
		default:
			return nil, ""
		}
	}
	return nil, ""
}

// begins reports whether a reference begins with another, or is it.
func begins(whole, part string) bool {
	rest, found := strings.CutPrefix(whole, part)
	return found && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// argument is what a module is called with, in the module that calls it.
func (r *reader) argument(name, module string) (*tfjson.Expression, string) {
	steps := split(module)
	if len(steps) < 2 {
		return nil, ""
	}
	caller := strings.Join(steps[:len(steps)-2], ".")
	call, _, _ := strings.Cut(steps[len(steps)-1], "[")
	if from := r.configurationOf(caller); from != nil && from.ModuleCalls[call] != nil {
		return from.ModuleCalls[call].Expressions[name], caller
	}
	return nil, ""
}

// output is what an output of a called module is, in that module.
func (r *reader) output(call, name, module string) (*tfjson.Expression, string) {
	inner := join(module, "module."+call)
	if of := r.configurationOf(inner); of != nil && of.Outputs[name] != nil {
		return of.Outputs[name].Expression, inner
	}
	return nil, ""
}

// references are attributes that name another resource and hold nothing else.
var references = []string{"permissions_boundary", "policy_arn", "policy_id", "repository", "role", "role_arn", "role_name", "target_role_arn"}

// target is the resource that such an attribute names, and by which of its attributes; nil
// if that is not known. Of the values of a for_each, what one resource decides is the one
// that is not known.
func (r *reader) target(of *resource, name string) (*resource, string) {
	if of.config == nil || !slices.Contains(references, name) {
		return nil, ""
	}
	expression := of.config.Expressions[name]
	if expression != nil && expression.ExpressionData != nil && slices.Equal(expression.References, []string{"each.value"}) {
		expression = of.config.ForEachExpression
	}
	target, attribute := r.referenced(expression, of.module)
	value := of.values.Get(name)
	if target == nil || value == nil || value.Kind != source.Unknown && !r.attribute(target, attribute).Is(value.Text) {
		return nil, ""
	}
	return target, attribute
}

// value is an attribute, or one in nested blocks of which there is one. One that names a
// resource and is known after apply alone is what follows of that.
func (r *reader) value(of *resource, names ...string) *source.Node {
	node := of.values
	for _, name := range names {
		if node != nil && node.Kind == source.List && len(node.Items) == 1 {
			node = node.Items[0]
		}
		if node == nil || node.Kind == source.Unknown {
			return node
		}
		node = node.Get(name)
	}
	if node == nil || node.Kind != source.Unknown || len(names) != 1 {
		return node
	}
	target, attribute := r.target(of, names[0])
	if target == nil {
		return node
	}
	if text := r.attribute(target, attribute); text.Known() {
		return &source.Node{Kind: source.String, Text: text.Value, Place: node.Place}
	}
	return node
}

// configured is an attribute that has a default: one that is known after apply because the
// configuration does not set it is not there.
func (r *reader) configured(of *resource, name string) *source.Node {
	value := r.value(of, name)
	if value != nil && value.Kind == source.Unknown && of.config != nil && of.config.Expressions[name] == nil {
		return nil
	}
	return value
}

// attribute is that of a resource to which another refers: what its ARN will be follows from
// what is known.
func (r *reader) attribute(of *resource, name string) facts.Text {
	if r.depth == maxDepth {
		return unknownText(of, "too many references follow one another")
	}
	r.depth++
	defer func() { r.depth-- }()
	switch text := r.text(of, name); {
	case text.Known():
		return text
	case name == "arn", name == "id" && of.kind == policyKind:
		return r.arn(of)
	case name == "id" && (of.kind == roleKind || of.kind == repositoryKind):
		return r.text(of, "name")
	default:
		return unknownText(of, text.Unknown)
	}
}
