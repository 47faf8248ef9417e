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

// configuration is what a module of the plan's configuration says. The zero value is one
// that the plan does not have.
type configuration struct {
	module    *tfjson.ConfigModule
	resources map[string]*tfjson.ConfigResource
}

// configurationOf is that of a module's instance.
func (r *reader) configurationOf(module string) configuration {
	if known, ok := r.configurations[module]; ok {
		return known
	}
	found := configuration{resources: map[string]*tfjson.ConfigResource{}}
	if r.plan.Config != nil {
		found.module = r.plan.Config.RootModule
	}
	for _, step := range split(module) {
		if name, _, _ := strings.Cut(step, "["); step != "module" {
			found.module = called(found.module, name)
		}
	}
	if found.module != nil {
		for _, resource := range found.module.Resources {
			if resource != nil {
				found.resources[resource.Address] = resource
			}
		}
	}
	r.configurations[module] = found
	return found
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

// named is the resource of which an expression is an attribute, and the attribute: nil if
// the expression refers to anything else, or to more. Terraform lists a reference with what
// it begins with, the longest first.
func (r *reader) named(expression *tfjson.Expression, module string) (of *resource, attribute string) {
	for range maxDepth {
		if expression == nil || expression.ExpressionData == nil || len(expression.References) == 0 {
			return nil, ""
		}
		whole := expression.References[0]
		if slices.ContainsFunc(expression.References, func(part string) bool { return !strings.HasPrefix(whole, part) }) {
			return nil, ""
		}
		steps := split(whole)
		switch {
		case steps[0] == "var" && len(steps) == 2:
			expression, module = r.argument(steps[1], module)
		case steps[0] == "module" && len(steps) == 3:
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

// argument is what a module is called with, in the module that calls it.
func (r *reader) argument(name, module string) (*tfjson.Expression, string) {
	steps := split(module)
	if len(steps) < 2 {
		return nil, ""
	}
	caller := strings.Join(steps[:len(steps)-2], ".")
	call, _, _ := strings.Cut(steps[len(steps)-1], "[")
	if from := r.configurationOf(caller).module; from != nil && from.ModuleCalls[call] != nil {
		return from.ModuleCalls[call].Expressions[name], caller
	}
	return nil, ""
}

// output is what an output of a called module is, in that module.
func (r *reader) output(call, name, module string) (*tfjson.Expression, string) {
	inner := join(module, "module."+call)
	if of := r.configurationOf(inner).module; of != nil && of.Outputs[name] != nil {
		return of.Outputs[name].Expression, inner
	}
	return nil, ""
}

// target is the resource of which an attribute is an attribute, nil if it is not known, and
// which of its attributes. Of the values of a for_each, what one resource decides is the one
// that is not known.
func (r *reader) target(of *resource, attribute string) (*resource, string) {
	if of.config == nil {
		return nil, ""
	}
	expression := of.config.Expressions[attribute]
	if expression != nil && expression.ExpressionData != nil && slices.Equal(expression.References, []string{"each.value"}) {
		expression = of.config.ForEachExpression
	}
	return r.named(expression, of.module)
}

// value is an attribute, or one in nested blocks of which there is one. An attribute that
// is known after apply alone is that of the resource to which the configuration refers.
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
	case name == "arn", name == "id" && (of.kind == policyKind || of.kind == providerKind):
		return r.arn(of)
	case name == "id" && (of.kind == roleKind || of.kind == repositoryKind):
		return r.text(of, "name")
	default:
		return unknownText(of, text.Unknown)
	}
}
