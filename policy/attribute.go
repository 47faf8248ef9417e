package policy

import (
	"encoding/base64"
	"errors"
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

// Partition cuts the universe of the attribute's values into classes, by the patterns of the
// documents' statements that apply to the request's action, and by more patterns. The request
// has no value for the attribute. It returns ErrTooManyStates past a bound, and another error if
// a statement compares the attribute in a way that no pattern expresses, as a number or with
// another attribute: which values it matches is then unknown.
func (u Universe) Partition(a Attribute, request Request, documents []Document, more ...Pattern) (Partition, error) {
	patterns, err := u.Patterns(a, request, documents)
	if err != nil {
		return Partition{}, err
	}
	return u.Divide(slices.Concat(more, patterns))
}

// Patterns returns the patterns by which Partition cuts, without more. Given to Divide, the
// patterns of several requests' documents cut into classes that none of them splits.
func (u Universe) Patterns(a Attribute, request Request, documents []Document) ([]Pattern, error) {
	e := evaluation{Request: request, facts: facts{request.Context, request.Open}}
	var patterns []Pattern
	for _, document := range documents {
		e.variables = document.Version == Version
		for _, s := range document.Statement {
			if !e.matchesAction(s) {
				continue
			}
			found, err := e.patternsOf(a, s, u)
			if err != nil {
				return nil, err
			}
			patterns = append(patterns, found...)
		}
	}
	return patterns, nil
}

func (e evaluation) patternsOf(a Attribute, s Statement, u Universe) ([]Pattern, error) {
	if a == ResourceAttribute {
		return e.resourcePatterns(slices.Concat(s.Resource, s.NotResource)), nil
	}
	var patterns []Pattern
	for _, name := range slices.Sorted(maps.Keys(s.Condition)) {
		op, known := parseOperator(name)
		if !known {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(s.Condition[name])) {
			values := s.Condition[name][key]
			if e.variables && refersTo(values, string(a)) {
				return nil, fmt.Errorf("a policy variable in the condition on %s compares it with %s", key, a)
			}
			if !strings.EqualFold(key, string(a)) || op.matches == nil {
				continue
			}
			if op.pattern == nil {
				each, err := u.each()
				if err != nil {
					return nil, fmt.Errorf("%s is compared by %s", a, name)
				}
				patterns = append(patterns, each...)
				continue
			}
			wanted, open := e.wanted(op, values)
			for _, want := range wanted {
				patterns = append(patterns, op.pattern(want)...)
			}
			for _, maybe := range open {
				patterns = append(patterns, likeInAnyCase(maybe.pattern))
			}
		}
	}
	return patterns, nil
}

// each returns patterns that separate all values of the universe as far as any operator can:
// none if it has no number, date or address, one for each of a few values.
func (u Universe) each() ([]Pattern, error) {
	switch {
	case u.words:
		return nil, nil
	case u.few == nil:
		return nil, errors.New("too many values")
	}
	var patterns []Pattern
	for _, value := range u.few {
		patterns = append(patterns, exactly(literal(value)))
	}
	return patterns, nil
}

// Exactly matches the text alone.
func Exactly(text string) Pattern { return exactly(literal(text)) }

// ARNPattern matches ARNs as an ArnLike condition does.
func ARNPattern(text string) []Pattern { return inSegments(wildcards(text)) }

// refersTo reports whether one of the values has the key as a policy variable.
func refersTo(values Values, key string) bool {
	return slices.ContainsFunc(values, func(value string) bool {
		return strings.Contains(strings.ToLower(value), "${"+strings.ToLower(key))
	})
}

// resourcePatterns returns the patterns of what certainly matches and of what may.
func (e evaluation) resourcePatterns(values Values) []Pattern {
	var patterns []Pattern
	for _, value := range values {
		p, state := e.expand(value)
		if state.truth == No {
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
func inSegments(p symbols) []Pattern {
	parts := p.parts()
	if len(parts) != arnParts {
		return nil
	}
	last := len(p) - len(parts[arnParts-1])
	return []Pattern{newPattern(p, func(at int) pieceKind { return p[at].kind(at < last) })}
}

// textOf is the pattern of the bytes that a value holds in base64.
func textOf(p symbols) []Pattern {
	data, err := base64.StdEncoding.DecodeString(p.String())
	if err != nil {
		return nil
	}
	return []Pattern{exactly(literal(string(data)))}
}

// listOf makes a list of the pattern that a function makes.
func listOf(make func(symbols) Pattern) func(symbols) []Pattern {
	return func(p symbols) []Pattern { return []Pattern{make(p)} }
}
