package terraform

import (
	"regexp"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// maxDepth is the number of references that are followed from one to the next.
const maxDepth = 20

// moduleAt returns the configuration of a module's instance, nil if there is none.
func (r *reader) moduleAt(address string) *tfjson.ConfigModule {
	if r.plan.Config == nil {
		return nil
	}
	module := r.plan.Config.RootModule
	for _, step := range split(address) {
		name := withoutKey(step)
		if name == "module" {
			continue
		}
		if module == nil || module.ModuleCalls[name] == nil {
			return nil
		}
		module = module.ModuleCalls[name].Module
	}
	return module
}

// configOf returns a resource in the configuration of its module, nil if it is not there.
func (r *reader) configOf(of *resource) *tfjson.ConfigResource {
	module := r.moduleAt(of.module)
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

// addressStep is a part of an address between dots. A key of count or for_each in brackets belongs
// to the name before it.
var addressStep = regexp.MustCompile(`(?:"(?:\\.|[^"\\])*"|[^."])+`)

func split(address string) []string { return addressStep.FindAllString(address, -1) }

func withoutKey(step string) string {
	name, _, _ := strings.Cut(step, "[")
	return name
}

// referent returns the resource and the attribute that an expression of a module refers to;
// nil if it refers to anything else, or to more. Terraform lists a reference before its own
// beginnings, such as "aws_iam_role.r.arn" before "aws_iam_role.r".
func (r *reader) referent(expression *tfjson.Expression, module string) (of *resource, attribute string) {
	for range maxDepth {
		if expression == nil || expression.ExpressionData == nil || len(expression.References) == 0 {
			return nil, ""
		}
		whole := expression.References[0]
		if slices.ContainsFunc(expression.References, func(part string) bool { return !begins(whole, part) }) {
			return nil, ""
		}
		steps := split(whole)
		switch last := len(steps) - 1; {
		case last == 1 && steps[0] == "var":
			expression, module = r.argument(steps[1], module)
		case last == 2 && steps[0] == "module":
			expression, module = r.output(steps[2], join(module, "module."+steps[1]))
		case last >= 2:
			return r.byAddress[join(module, strings.Join(steps[:last], "."))], steps[last]
		default:
			return nil, ""
		}
	}
	return nil, ""
}

func begins(whole, part string) bool {
	rest, found := strings.CutPrefix(whole, part)
	return found && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// argument returns the expression that a module gets for a variable, and the calling module.
func (r *reader) argument(variable, module string) (*tfjson.Expression, string) {
	steps := split(module)
	if len(steps) < 2 {
		return nil, ""
	}
	caller, call := strings.Join(steps[:len(steps)-2], "."), withoutKey(steps[len(steps)-1])
	if from := r.moduleAt(caller); from != nil && from.ModuleCalls[call] != nil {
		return from.ModuleCalls[call].Expressions[variable], caller
	}
	return nil, ""
}

func (r *reader) output(name, module string) (*tfjson.Expression, string) {
	if from := r.moduleAt(module); from != nil && from.Outputs[name] != nil {
		return from.Outputs[name].Expression, module
	}
	return nil, ""
}
