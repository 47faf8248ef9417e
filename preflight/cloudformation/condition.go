package cloudformation

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// truth reports whether a condition holds, or why that is unknown.
type truth struct {
	holds   bool
	unknown string
}

func (t truth) not() truth {
	return truth{!t.holds && t.unknown == "", t.unknown}
}

// is reports whether the condition is known to hold, or known not to hold.
func (t truth) is(holds bool) bool {
	return t.unknown == "" && t.holds == holds
}

// condition judges each condition once.
func (r *resolver) condition(name string) truth {
	if known, ok := r.truths[name]; ok {
		if known == nil {
			return truth{unknown: fmt.Sprintf("condition %q refers to itself", facts.Short(name))}
		}
		return *known
	}
	node, ok := r.conditions[name]
	switch {
	case !ok:
		what := fmt.Sprintf("condition %q", facts.Short(name))
		return truth{unknown: r.missing(what, "condition", name, r.conditionNames)}
	case r.depth == maxDepth:
		return truth{unknown: tooDeep}
	}
	r.truths[name] = nil
	r.depth++
	judged := r.judge(node)
	r.depth--
	r.truths[name] = &judged
	return judged
}

func (r *resolver) judge(node *source.Node) truth {
	c, _ := callOf(node)
	switch c.function {
	case "Condition":
		name, why := r.scalar(c, c.argument)
		if why != "" {
			return truth{unknown: why}
		}
		return r.condition(name)
	case "Fn::Equals":
		return r.equals(c)
	case "Fn::And":
		return r.every(c, true)
	case "Fn::Or":
		return r.every(c, false)
	case "Fn::Not":
		items, ok := c.items(1, 1)
		if !ok {
			return truth{unknown: "Fn::Not: want [CONDITION]"}
		}
		return r.judge(items[0]).not()
	}
	return truth{unknown: "a condition wants Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"}
}

// every judges Fn::And, which holds until one condition does not, and Fn::Or, which does not
// hold until one does. An unknown condition matters only if no other decides.
func (r *resolver) every(c call, until bool) truth {
	if c.argument.Kind != source.List {
		return truth{unknown: c.function + ": want [CONDITION, ...]"}
	}
	all := truth{holds: until}
	for _, item := range c.argument.Items {
		one := r.judge(item)
		if one.is(!until) {
			return one
		}
		if one.unknown != "" && all.unknown == "" {
			all = one
		}
	}
	return all
}

func (r *resolver) equals(c call) truth {
	items, ok := c.items(2, 2)
	if !ok {
		return truth{unknown: "Fn::Equals: want [VALUE, VALUE]"}
	}
	a, b := r.resolve(items[0]), r.resolve(items[1])
	for _, value := range []*source.Node{a, b} {
		if value == nil {
			return truth{unknown: "Fn::Equals: want a value, got AWS::NoValue"}
		}
		if unknown := value.FirstUnknown(); unknown != nil {
			return truth{unknown: unknown.Text}
		}
	}
	return truth{holds: same(a, b)}
}

// choose resolves Fn::If. If both values are equal, the condition need not be known.
func (r *resolver) choose(c call) *source.Node {
	items, ok := c.items(3, 3)
	if !ok {
		return c.wrong("[CONDITION, VALUE, VALUE]")
	}
	name, why := r.scalar(c, items[0])
	if why != "" {
		return c.unknown(why)
	}
	decided := r.condition(name)
	switch {
	case decided.is(true):
		return r.resolve(items[1])
	case decided.is(false):
		return r.resolve(items[2])
	}
	yes, no := r.resolve(items[1]), r.resolve(items[2])
	if same(yes, no) {
		return yes
	}
	return c.unknown(decided.unknown)
}

// same reports whether two values are certainly equal. Members are compared in their order.
func same(a, b *source.Node) bool {
	switch {
	case a == nil || b == nil:
		return a == b
	case a.Scalar() && b.Scalar():
		return a.Text == b.Text
	case a.Kind != b.Kind || a.Kind == source.Unknown:
		return false
	}
	return slices.EqualFunc(a.Items, b.Items, same) &&
		slices.EqualFunc(a.Members, b.Members, func(a, b source.Member) bool { return a.Name == b.Name && same(a.Value, b.Value) })
}

func (r *resolver) leftOut(resource *resource) bool {
	return resource.condition != "" && r.condition(resource.condition).is(false)
}
