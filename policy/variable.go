package policy

import (
	"maps"
	"slices"
	"strings"
)

// facts are the condition keys of a request, in lower case, and their values.
type facts map[string][]string

// newFacts gathers the values of keys that differ in case only.
func newFacts(context map[string][]string) facts {
	f := facts{}
	for _, key := range slices.Sorted(maps.Keys(context)) {
		lower := strings.ToLower(key)
		f[lower] = append(f[lower], context[key]...)
	}
	return f
}

func (f facts) of(key string) []string {
	return f[strings.ToLower(key)]
}

// expand replaces the policy variables of a value: "${KEY}" by the key's only
// value, "${KEY, 'TEXT'}" by TEXT if the request lacks the key, and "${*}",
// "${?}" and "${$}" by the sign (IAM user guide, "IAM policy elements: Variables
// and tags"). ok is false if a variable is unknown. What a variable holds is
// literal: a wildcard in it matches only itself.
func (f facts) expand(value string) (p pattern, ok bool) {
	for {
		before, rest, opened := strings.Cut(value, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			return append(p, wildcards(value)...), true
		}
		text, known := f.variable(name)
		if !known {
			return nil, false
		}
		p = append(p, wildcards(before)...)
		p = append(p, literal(text)...)
		value = after
	}
}

// variable is what stands for the text between "${" and "}". A key of several
// values is no variable.
func (f facts) variable(name string) (text string, ok bool) {
	if name == "*" || name == "?" || name == "$" {
		return name, true
	}
	key, fallback, _ := strings.Cut(name, ", '")
	if values := f.of(key); len(values) > 0 {
		return values[0], len(values) == 1
	}
	return strings.CutSuffix(fallback, "'")
}
