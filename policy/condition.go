package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// meets reports how far the request meets all of the condition: every operator
// and every key (IAM user guide, "Conditions with multiple context keys or
// values").
func (e evaluation) meets(condition Condition) answer {
	all := answer{truth: Yes}
	for _, name := range slices.Sorted(maps.Keys(condition)) {
		op, known := parseOperator(name)
		if !known {
			return answer{}
		}
		for _, key := range slices.Sorted(maps.Keys(condition[name])) {
			if all = all.and(e.holds(op, key, condition[name][key])); all.truth == No {
				return all
			}
		}
	}
	return all
}

// holds reports how far one operator is true of what the request has for a key.
func (e evaluation) holds(op operator, key string, values Values) answer {
	got := e.facts.of(key)
	if len(got) == 0 && e.facts.isOpen(key) {
		return dependsOn(key)
	}
	if op.matches == nil {
		return certain(isNull(got, values))
	}
	if op.set != "" {
		got = slices.DeleteFunc(slices.Clone(got), func(value string) bool { return value == "" })
	}
	if len(got) == 0 {
		return certain(op.ifExists || op.set == forAllValues || op.negated && op.set == "")
	}
	wanted, open := e.wanted(op, values)
	one := func(value string) answer { return op.holdsOf(value, wanted, open) }
	return op.overValues(got, one)
}

func dependsOn(key string) answer {
	switch service, tag, _ := strings.Cut(strings.ToLower(key), ":"); {
	case (service == "aws" || service == "ecr") && strings.HasPrefix(tag, "resourcetag/"):
		return possibly(fmt.Sprintf("it depends on %s, a tag that the files do not show", key))
	case service == "aws" && strings.HasPrefix(tag, "principaltag/"):
		return possibly(fmt.Sprintf("it depends on %s, a tag of the principal that the files do not show", key))
	}
	return possibly(fmt.Sprintf("it depends on %s, which only a request has", key))
}

// holdsOf reports how far the operator is true of one value of the request. Of several
// wanted values one must match, and none with a negated operator; one that is open may.
func (op operator) holdsOf(value string, wanted []symbols, open []openValue) answer {
	matches := certain(slices.ContainsFunc(wanted, func(want symbols) bool { return op.matches(want, value) }))
	for _, maybe := range open {
		if maybe.pattern.foldMatches(value) {
			matches = matches.or(maybe.why)
		}
	}
	if op.negated {
		return matches.not()
	}
	return matches
}

// openValue is a wanted value with an open variable: what it may come to, and why it is
// open.
type openValue struct {
	pattern symbols
	why     answer
}

// foldMatches is matches without regard to case.
func (p symbols) foldMatches(text string) bool {
	return wildcards(strings.ToLower(p.String())).matches(strings.ToLower(text))
}

// overValues puts together what holds of each of the request's values for a key. Without a
// set operator the guide has one value only: several that do not all hold, or do, are open.
func (op operator) overValues(got []string, one func(string) answer) answer {
	all, any := answer{truth: Yes}, answer{}
	for _, value := range got {
		holds := one(value)
		all, any = all.and(holds), any.or(holds)
	}
	switch {
	case op.set == forAllValues:
		return all
	case op.set == forAnyValue || len(got) == 1:
		return any
	case any.truth == No:
		return any
	}
	return possibly("the IAM user guide does not say what an operator without ForAnyValue or ForAllValues makes of several values")
}

// isNull compares "true" or "false" with whether the request lacks the key. A
// set operator changes nothing.
func isNull(got []string, values Values) bool {
	missing := strconv.FormatBool(len(got) == 0)
	return slices.ContainsFunc(values, func(value string) bool { return sameBool(literal(value), missing) })
}

// wanted are the values as patterns; open are those with an open variable. A variable
// without a value matches nothing, so that a negated operator holds (IAM user guide,
// "Policy variables with no value").
func (e evaluation) wanted(op operator, values Values) (wanted []symbols, open []openValue) {
	for _, value := range values {
		if !op.variables {
			wanted = append(wanted, literal(value))
			continue
		}
		switch p, state := e.expand(value); state.truth {
		case Yes:
			wanted = append(wanted, p)
		case Possibly:
			open = append(open, openValue{p, state})
		}
	}
	return wanted, open
}
