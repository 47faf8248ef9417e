package policy

import (
	"cmp"
	"errors"
	"iter"
	"slices"
)

// What a division costs at the most: how many states of all patterns' automata together
// are visited, how often a place in a pattern is held against a character, and how many
// classes it makes.
const (
	maxStates  = 20_000
	maxSteps   = 4_000_000
	maxClasses = 2_000
)

// ErrTooManyStates means that patterns are too many, or too entangled, for their classes
// to be found: which values they match is then unknown.
var ErrTooManyStates = errors.New("the patterns of its policies are too many, or too entangled, to be compared")

// Class is a set of values that every pattern matches alike.
type Class struct {
	// Representative is the shortest value of the class, and of several such the first
	// in the order of characters.
	Representative string
	// Single reports that the class has no other value.
	Single bool
	// Matches are the numbers of the patterns that match every value of the class, in
	// order. No other pattern matches any.
	Matches []int
}

// Partition is a universe of values, cut up by patterns.
type Partition struct {
	// Patterns are the patterns that cut, each once.
	Patterns []Pattern
	// Classes are the classes that are not empty, those of a single pattern's text first.
	Classes []Class
	// Steps is the cost of finding them, or of finding that they are too many.
	Steps int
}

// Divide cuts the universe into classes: two values are of one class if each of the
// patterns matches both or neither. It returns ErrTooManyStates past a bound.
//
// Patterns without wildcards alone need no automaton: each is a class. The automata
// of the others run side by side, breadth first, over the characters that occur in them
// and one for all others.
func (u Universe) Divide(patterns []Pattern) (Partition, error) {
	p := Partition{Patterns: distinct(patterns)}
	if slices.ContainsFunc(p.Patterns, func(pattern Pattern) bool { return !pattern.isLiteral() }) {
		d := newDivision(u, p.Patterns)
		classes, err := d.run()
		if len(classes) > maxClasses {
			classes, err = nil, ErrTooManyStates
		}
		return Partition{p.Patterns, classes, d.steps}, err
	}
	taken := map[string]bool{}
	for i, pattern := range p.Patterns {
		if value := pattern.literal(); u.Has(value) && !taken[value] {
			taken[value] = true
			p.Classes = append(p.Classes, Class{Representative: value, Single: true, Matches: []int{i}})
		}
	}
	var rest []string
	for value := range u.values(len(taken) + 2) {
		if !taken[value] {
			rest = append(rest, value)
		}
		if len(rest) == 2 {
			break
		}
	}
	if len(rest) > 0 {
		p.Classes = append(p.Classes, Class{Representative: rest[0], Single: len(rest) == 1})
	}
	return p, nil
}

// distinct drops patterns that come twice.
func distinct(patterns []Pattern) []Pattern {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(patterns), func(pattern Pattern) bool {
		key := pattern.key()
		twice := seen[key]
		seen[key] = true
		return twice
	})
}

// values yields values of the universe, the shortest first. From each state it goes on by
// so many characters at the most: no more are needed to find as many values.
func (u Universe) values(most int) iter.Seq[string] {
	type reached struct {
		state, before int32
		character     rune
	}
	return func(yield func(string) bool) {
		all := []reached{{}}
		value := func(at int32) string {
			var characters []rune
			for ; at > 0; at = all[at].before {
				characters = append(characters, all[at].character)
			}
			slices.Reverse(characters)
			return string(characters)
		}
		for at := int32(0); int(at) < len(all); at++ {
			state := u.states[all[at].state]
			if state.accepts && !yield(value(at)) {
				return
			}
			for _, edge := range state.edges {
				for i, character := range cmp.Or(edge.characters, alphanumeric) {
					if i == most {
						break
					}
					all = append(all, reached{int32(edge.to), at, character})
				}
			}
		}
	}
}
