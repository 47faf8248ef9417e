package policy

import (
	"maps"
	"slices"
	"strings"
)

// operator is a condition operator, read from its name.
type operator struct {
	comparison
	// set is forAllValues, forAnyValue or "".
	set string
	// ifExists makes the operator true for a key that the request lacks.
	ifExists bool
}

// comparison compares a value of the policy with one of the request.
type comparison struct {
	matches func(want symbols, got string) bool
	// negated operators are true where matches is false.
	negated bool
	// variables reports that policy variables are replaced in the wanted value.
	variables bool
	// pattern returns matches as automata; nil if automata can't express it.
	pattern func(want symbols) []Pattern
}

const (
	forAllValues = "ForAllValues:"
	forAnyValue  = "ForAnyValue:"
	ifExists     = "IfExists"
	null         = "Null"
)

// comparisons are the operators by their plain names (IAM user guide, "IAM JSON
// policy elements: Condition operators"). Null is not about values: it has no
// comparison.
var comparisons = map[string]comparison{
	StringEquals:                {matches: equal, pattern: listOf(exactly), variables: true},
	"StringNotEquals":           {matches: equal, pattern: listOf(exactly), variables: true, negated: true},
	"StringEqualsIgnoreCase":    {matches: equalFold, pattern: listOf(exactlyInAnyCase), variables: true},
	"StringNotEqualsIgnoreCase": {matches: equalFold, pattern: listOf(exactlyInAnyCase), variables: true, negated: true},
	"StringLike":                {matches: symbols.matches, pattern: listOf(like), variables: true},
	"StringNotLike":             {matches: symbols.matches, pattern: listOf(like), variables: true, negated: true},

	"ArnEquals":    {matches: symbols.matchesARN, pattern: inSegments, variables: true},
	"ArnLike":      {matches: symbols.matchesARN, pattern: inSegments, variables: true},
	"ArnNotEquals": {matches: symbols.matchesARN, pattern: inSegments, variables: true, negated: true},
	"ArnNotLike":   {matches: symbols.matchesARN, pattern: inSegments, variables: true, negated: true},

	"NumericEquals":            {matches: numbers(equals)},
	"NumericNotEquals":         {matches: numbers(equals), negated: true},
	"NumericLessThan":          {matches: numbers(less)},
	"NumericLessThanEquals":    {matches: numbers(lessOrEquals)},
	"NumericGreaterThan":       {matches: numbers(greater)},
	"NumericGreaterThanEquals": {matches: numbers(greaterOrEquals)},

	"DateEquals":            {matches: dates(equals)},
	"DateNotEquals":         {matches: dates(equals), negated: true},
	"DateLessThan":          {matches: dates(less)},
	"DateLessThanEquals":    {matches: dates(lessOrEquals)},
	"DateGreaterThan":       {matches: dates(greater)},
	"DateGreaterThanEquals": {matches: dates(greaterOrEquals)},

	"Bool":         {matches: sameBool, pattern: listOf(exactlyInAnyCase), variables: true},
	"BinaryEquals": {matches: sameBytes, pattern: textOf},
	"IpAddress":    {matches: inRange},
	"NotIpAddress": {matches: inRange, negated: true},
	null:           {},
}

// parseOperator reads a name; ok is false if IAM has no such operator. Names
// are read as the guide writes them, capitals included. Null has no IfExists.
func parseOperator(name string) (op operator, ok bool) {
	for _, set := range []string{forAllValues, forAnyValue} {
		if rest, found := strings.CutPrefix(name, set); found {
			name, op.set = rest, set
			break
		}
	}
	name, op.ifExists = strings.CutSuffix(name, ifExists)
	op.comparison, ok = comparisons[name]
	return op, ok && !(name == null && op.ifExists)
}

// operatorNames are all names that parseOperator reads, sorted.
func operatorNames() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(comparisons)) {
		for _, set := range []string{"", forAllValues, forAnyValue} {
			names = append(names, set+name)
			if name != null {
				names = append(names, set+name+ifExists)
			}
		}
	}
	return names
}
