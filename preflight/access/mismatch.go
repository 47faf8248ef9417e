package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Mismatch is an element of a statement that does not match a request.
type Mismatch struct {
	Place source.Place
	// What is wrong, in a few words that quote both.
	What string
	// Condition reports that it is a condition.
	Condition bool
}

// Nearest returns what keeps the statement from matching a request that comes nearest to it
// among those that allow. ok is false if none allows anything.
func Nearest(d *facts.Document, request policy.Request) (mismatches []Mismatch, ok bool) {
	for i, statement := range d.Policy.Statement {
		if _, unknown := d.Maybe[i]; unknown || statement.Effect != policy.EffectAllow {
			continue
		}
		if found := compare(d, i, request); !ok || len(found) < len(mismatches) {
			mismatches, ok = found, true
		}
	}
	return mismatches, ok
}

func compare(d *facts.Document, i int, request policy.Request) []Mismatch {
	var found []Mismatch
	s := d.Policy.Statement[i]
	matches := func(part policy.Statement) bool {
		part.Effect = policy.EffectAllow
		if part.Action == nil && part.NotAction == nil {
			part.Action = policy.Values{"*"}
		}
		return policy.Evaluate(request, policy.Document{Version: d.Policy.Version, Statement: []policy.Statement{part}}).Outcome == policy.Allowed
	}
	if !matches(policy.Statement{Action: s.Action, NotAction: s.NotAction}) {
		found = append(found, Mismatch{Place: d.InStatement(i, "Action"), What: fmt.Sprintf("it allows %s, want %q", facts.Quoted(s.Action), request.Action)})
	}
	if !matches(policy.Statement{Principal: s.Principal, NotPrincipal: s.NotPrincipal}) {
		found = append(found, Mismatch{Place: d.InStatement(i, "Principal"), What: "its principal is another than " + facts.Quoted(slices.Concat(request.Principal.Federated, request.Principal.Service, request.Principal.AWS))})
	}
	for _, operator := range slices.Sorted(maps.Keys(s.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(s.Condition[operator])) {
			values := s.Condition[operator][key]
			if !matches(policy.Statement{Condition: policy.Condition{operator: {key: values}}}) {
				found = append(found, Mismatch{
					Place: d.InStatement(i, "Condition", operator, key),
					What:  conditionProblem(operator, key, values, request), Condition: true,
				})
			}
		}
	}
	return found
}

// conditionProblem is why a condition is false of a request: of its token, if it has one.
func conditionProblem(operator, key string, values policy.Values, request policy.Request) string {
	token, what := request.Context, "request"
	if request.Principal.Federated != nil {
		what = "token"
	}
	for have, got := range token {
		if strings.EqualFold(have, key) {
			return fmt.Sprintf("%s on %q wants %s, the %s has %s%s", operator, key, facts.Quoted(values), what, facts.Quoted(got), hint(operator, values, got))
		}
	}
	issuer, claim := index.CutKey(key)
	for _, have := range slices.Sorted(maps.Keys(token)) {
		if have == secureTransport {
			continue
		}
		tokenIssuer, tokenClaim := index.CutKey(have)
		switch {
		case claim != tokenClaim:
		case strings.Contains(issuer, "://") && !strings.Contains(tokenIssuer, "://") && strings.EqualFold(index.IssuerHost(issuer), tokenIssuer):
			return fmt.Sprintf("condition key %q has a scheme, the token's key is %q", key, have)
		default:
			return fmt.Sprintf("condition key %q is of another issuer than the principal: the token's key is %q", key, have)
		}
	}
	return fmt.Sprintf("condition key %q is not one that the %s has: %s", key, what, facts.Quoted(slices.Sorted(maps.Keys(token))))
}

// hint names a difference that is easily overlooked.
func hint(operator string, values policy.Values, got []string) string {
	for _, value := range values {
		for _, have := range got {
			switch {
			case strings.HasPrefix(operator, policy.StringEquals) && strings.ContainsAny(value, "*?"):
				return `: it compares letter by letter, and a wildcard in it is a letter`
			case strings.EqualFold(value, have):
				return ": they differ in upper and lower case"
			case strings.ReplaceAll(value, " ", "") == have:
				return ": there are blanks in the policy"
			}
		}
	}
	return ""
}

// Mismatched joins mismatches in one line.
func Mismatched(mismatches []Mismatch) string {
	parts := make([]string, len(mismatches))
	for i, m := range mismatches {
		parts[i] = m.What
	}
	return strings.Join(parts, "; ")
}
