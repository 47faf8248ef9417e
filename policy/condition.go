package policy

import (
	"slices"
	"strconv"
)

// meets reports whether the request meets all of the condition: every operator
// and every key (IAM user guide, "Conditions with multiple context keys or
// values").
func (e evaluation) meets(condition Condition) bool {
	for name, keys := range condition {
		op, known := parseOperator(name)
		if !known {
			return false
		}
		for key, values := range keys {
			if !e.holds(op, e.facts.of(key), values) {
				return false
			}
		}
	}
	return true
}

// holds reports whether one operator is true of what the request has for a key.
// Of several wanted values one must match, and none with a negated operator.
func (e evaluation) holds(op operator, got []string, values Values) bool {
	if op.matches == nil {
		return isNull(got, values)
	}
	if op.set != "" {
		got = slices.DeleteFunc(slices.Clone(got), func(value string) bool { return value == "" })
	}
	if len(got) == 0 {
		return op.ifExists || op.set == forAllValues || op.negated && op.set == ""
	}
	wanted, resolved := e.wanted(op, values)
	if op.negated && !resolved {
		return false
	}
	holds := func(value string) bool {
		return op.negated != slices.ContainsFunc(wanted, func(want pattern) bool { return op.matches(want, value) })
	}
	if op.everyValue() {
		return !slices.ContainsFunc(got, func(value string) bool { return !holds(value) })
	}
	return slices.ContainsFunc(got, holds)
}

// everyValue reports whether the operator must be true of all the request's
// values for a key, or of one. Without a set operator the guide speaks of one
// value only; of several, the negation is here the opposite of the plain
// operator.
func (op operator) everyValue() bool {
	return op.set == forAllValues || op.set == "" && op.negated
}

// isNull compares "true" or "false" with whether the request lacks the key. A
// set operator changes nothing.
func isNull(got []string, values Values) bool {
	missing := strconv.FormatBool(len(got) == 0)
	return slices.ContainsFunc(values, func(value string) bool { return sameBool(literal(value), missing) })
}

// wanted are the values as patterns, without those that have an unknown
// variable; resolved is false if there is such a one.
func (e evaluation) wanted(op operator, values Values) (wanted []pattern, resolved bool) {
	if !op.variables {
		for _, value := range values {
			wanted = append(wanted, literal(value))
		}
		return wanted, true
	}
	return e.patterns(values)
}
