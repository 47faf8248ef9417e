package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// findInMap resolves Fn::FindInMap. Its DefaultValue comes with the AWS::LanguageExtensions
// transform.
func (r *resolver) findInMap(c call) *source.Node {
	const form = "[MAP, KEY, NAME], or [MAP, KEY, NAME, {DefaultValue: VALUE}]"
	items, ok := c.items(3, 4)
	if !ok {
		return c.wrong(form)
	}
	var keys []string
	for _, item := range items[:3] {
		key, why := r.scalar(c, item)
		if why != "" {
			return c.unknown(why)
		}
		keys = append(keys, key)
	}
	value := r.mappings[keys[0]][keys[1]][keys[2]]
	switch {
	case value == nil && len(items) == 3:
		return c.unknown(fmt.Sprintf("%s: the mappings have no %q", c.function, facts.Short(strings.Join(keys, "."))))
	case value == nil && items[3].Get("DefaultValue") == nil:
		return c.wrong(form)
	case value == nil:
		return r.resolve(items[3].Get("DefaultValue"))
	case !isPlain(value):
		return c.unknown(fmt.Sprintf("%s: %q is no string and no list of strings", c.function, facts.Short(strings.Join(keys, "."))))
	}
	return r.use(c, value)
}

// isPlain reports whether a mapping may have the value: a scalar, or a list of scalars.
func isPlain(value *source.Node) bool {
	isPlain := func(node *source.Node) bool { return node.Scalar() && node.Tag == "" }
	return isPlain(value) || value.Kind == source.List && value.Tag == "" && !slices.ContainsFunc(value.Items, func(item *source.Node) bool { return !isPlain(item) })
}
