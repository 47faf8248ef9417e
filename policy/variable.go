package policy

import (
	"slices"
	"strings"
)

// facts are the condition keys of a request and their values.
type facts struct {
	context map[string][]string
	open    func(key string) bool
}

// of returns the values of a key, in whatever case the request has it.
func (f facts) of(key string) (values []string) {
	var names []string
	for name := range f.context {
		if strings.EqualFold(name, key) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		values = append(values, f.context[name]...)
	}
	return values
}

func (f facts) isOpen(key string) bool {
	return f.open != nil && f.open(key)
}

// expand replaces the policy variables of a value: "${KEY}" by the key's only
// value, "${KEY, 'TEXT'}" by TEXT if the request lacks the key, and "${*}",
// "${?}" and "${$}" by the sign (IAM user guide, "IAM policy elements: Variables
// and tags"). What a variable holds is literal: a wildcard in it matches only
// itself. The state is Yes, No if a variable has no value, and Possibly if it is open; the
// pattern then matches whatever it may come to.
func (f facts) expand(value string) (p symbols, state answer) {
	state.truth = Yes
	if !strings.Contains(value, "${") {
		return wildcards(value), state
	}
	for {
		before, rest, opened := strings.Cut(value, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			return append(p, wildcards(value)...), state
		}
		text, known := f.variable(name)
		state = state.and(known)
		p = append(p, wildcards(before)...)
		if known.truth == Possibly {
			p = append(p, symbol{'*', true})
		}
		p = append(p, literal(text)...)
		value = after
	}
}

// variable returns the value for the text between "${" and "}". That of a key with several
// values is open.
func (f facts) variable(name string) (text string, known answer) {
	if name == "*" || name == "?" || name == "$" {
		return name, answer{truth: Yes}
	}
	key, fallback, _ := strings.Cut(name, ", '")
	values := f.of(key)
	switch {
	case len(values) == 1:
		return values[0], answer{truth: Yes}
	case len(values) > 1 || f.isOpen(key):
		return "", dependsOn(key)
	}
	text, given := strings.CutSuffix(fallback, "'")
	if !given {
		return "", answer{}
	}
	return text, answer{truth: Yes}
}

// HasEarlyVariable reports whether the resource has a policy variable before its fifth
// colon: IAM has variables in the resource's part of an ARN alone (IAM user guide, "IAM
// policy elements: Variables and tags").
func HasEarlyVariable(value string) bool {
	before, rest, opened := strings.Cut(value, "${")
	_, after, closed := strings.Cut(rest, "}")
	return opened && closed && strings.Contains(after, ":") && strings.Count(before, ":") < arnParts-1
}
