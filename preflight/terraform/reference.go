package terraform

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// references are attributes that name another resource and hold nothing else.
var references = []string{"permissions_boundary", "policy_arn", "policy_id", "repository", "role", "role_arn", "role_name", "target_role_arn", "vpc_endpoint_id"}

// target returns the resource that such an attribute names and the attribute of it that does;
// nil if that is not known. Of the values of a for_each, the one that a resource decides is
// the one that is known only after apply.
func (r *reader) target(of *resource, name string) (*resource, string) {
	if of.config == nil || !slices.Contains(references, name) {
		return nil, ""
	}
	expression := of.config.Expressions[name]
	if expression != nil && expression.ExpressionData != nil && slices.Equal(expression.References, []string{"each.value"}) {
		expression = of.config.ForEachExpression
	}
	target, attribute := r.referent(expression, of.module)
	value := of.values.Get(name)
	if target == nil || value == nil || value.Kind != source.Unknown && !r.attribute(target, attribute).Is(value.Text) {
		return nil, ""
	}
	return target, attribute
}

// named is how others name a resource: by its type and a text, such as its name, that is
// unique in one region of one account.
type named struct{ kind, text, provider, region string }

func (r *reader) nameOf(of *resource, kind, text string) named {
	return named{strings.TrimPrefix(kind, "data."), text, r.providerOf(of), of.values.Word("region")}
}

// put records the position of a resource's fact, and the text by which others name it.
func (r *reader) put(of *resource, position int, text facts.Text) {
	r.index[of] = position
	if text.Known() {
		name := r.nameOf(of, of.kind, text.Value)
		r.byName[name] = append(r.byName[name], of)
	}
}

// find returns the resources of a kind that an attribute names: one, or all that share the
// name.
func (r *reader) find(of *resource, attribute, kind string) []*resource {
	if target, _ := r.target(of, attribute); target != nil && strings.TrimPrefix(target.kind, "data.") == kind {
		if _, there := r.index[target]; there {
			return []*resource{target}
		}
	}
	return r.findNamed(of, kind, r.text(of, attribute))
}

func (r *reader) findNamed(of *resource, kind string, text facts.Text) []*resource {
	if !text.Known() {
		return nil
	}
	return r.byName[r.nameOf(of, kind, text.Value)]
}
