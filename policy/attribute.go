package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// An Attribute of a request is what classes are made of: its resource, or the value of a
// condition key.
type Attribute string

// ResourceAttribute is the resource; every other attribute is a condition key.
const ResourceAttribute Attribute = ""

// Patterns returns the patterns by which the statements of documents can tell values of
// the attribute apart, of those statements that have to do with the request's action. A
// request that has no value for the attribute is given. It returns an error if a statement
// compares the attribute in a way that no pattern has, as a number or with another
// attribute: which values it matches is then unknown.
func (a Attribute) Patterns(request Request, documents ...Document) ([]Pattern, error) {
	e := evaluation{Request: request, facts: newFacts(request.Context, request.Open)}
	var patterns []Pattern
	for _, document := range documents {
		e.variables = document.Version == Version
		for _, s := range document.Statement {
			if !e.matchesAction(s) {
				continue
			}
			found, err := e.patternsOf(a, s)
			if err != nil {
				return nil, err
			}
			patterns = append(patterns, found...)
		}
	}
	return patterns, nil
}

func (e evaluation) patternsOf(a Attribute, s Statement) ([]Pattern, error) {
	if a == ResourceAttribute {
		return e.resourcePatterns(slices.Concat(s.Resource, s.NotResource)), nil
	}
	var patterns []Pattern
	for _, name := range slices.Sorted(maps.Keys(s.Condition)) {
		op, known := parseOperator(name)
		if !known {
			continue
		}
		for key, values := range s.Condition[name] {
			if e.variables && refersTo(values, string(a)) {
				return nil, fmt.Errorf("a policy variable in the condition on %s compares it with %s", key, a)
			}
			if !strings.EqualFold(key, string(a)) || op.matches == nil {
				continue
			}
			if op.pattern == nil {
				return nil, fmt.Errorf("%s is compared by %s", a, name)
			}
			wanted, _ := e.wanted(op, values)
			for _, want := range wanted {
				patterns = append(patterns, op.pattern(want)...)
			}
		}
	}
	return patterns, nil
}

// refersTo reports whether one of the values has the key as a policy variable.
func refersTo(values Values, key string) bool {
	return slices.ContainsFunc(values, func(value string) bool {
		return strings.Contains(strings.ToLower(value), "${"+strings.ToLower(key))
	})
}

// resourcePatterns tell apart what matches for certain from what may.
func (e evaluation) resourcePatterns(values Values) []Pattern {
	var patterns []Pattern
	for _, value := range values {
		p, state := e.expand(value)
		if state.truth != Yes {
			continue
		}
		patterns = append(patterns, like(p))
		if within, ok := p.withinSegments(); ok && !p.isLiteral() {
			patterns = append(patterns, within)
		}
	}
	return patterns
}

// inSegments is the pattern of an ARN's operator.
func inSegments(p pattern) []Pattern {
	parts := p.parts()
	if len(parts) != arnParts {
		return nil
	}
	last := len(p) - len(parts[arnParts-1])
	return []Pattern{newPattern(p, func(at int) pieceKind { return p[at].kind(at < last) })}
}

// one makes a list of the pattern that a function makes.
func one(make func(pattern) Pattern) func(pattern) []Pattern {
	return func(p pattern) []Pattern { return []Pattern{make(p)} }
}
