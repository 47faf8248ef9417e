package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// mismatch is why a statement does not speak of a request.
type mismatch struct {
	place source.Place
	what  string
}

// nearestStatement finds, among those that allow, the statement that is nearest to
// a request, and what keeps it from speaking of it. ok is false if none allows
// anything.
func nearestStatement(d *facts.Document, request policy.Request) (mismatches []mismatch, ok bool) {
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

// compare holds each element of a statement against a request.
func compare(d *facts.Document, i int, request policy.Request) []mismatch {
	var found []mismatch
	s := d.Policy.Statement[i]
	speaks := func(part policy.Statement) bool {
		part.Effect = policy.EffectAllow
		if part.Action == nil && part.NotAction == nil {
			part.Action = policy.Values{"*"}
		}
		return policy.Evaluate(request, policy.Document{Version: d.Policy.Version, Statement: []policy.Statement{part}}).Outcome == policy.Allowed
	}
	if !speaks(policy.Statement{Action: s.Action, NotAction: s.NotAction}) {
		found = append(found, mismatch{place: d.InStatement(i, "Action"), what: fmt.Sprintf("it allows %s, want %q", quoted(s.Action), request.Action)})
	}
	if !speaks(policy.Statement{Principal: s.Principal, NotPrincipal: s.NotPrincipal}) {
		found = append(found, mismatch{place: d.InStatement(i, "Principal"), what: "its principal is another than " + quoted(slices.Concat(request.Principal.Federated, request.Principal.Service, request.Principal.AWS))})
	}
	for _, operator := range slices.Sorted(maps.Keys(s.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(s.Condition[operator])) {
			values := s.Condition[operator][key]
			if !speaks(policy.Statement{Condition: policy.Condition{operator: {key: values}}}) {
				found = append(found, mismatch{
					place: d.InStatement(i, "Condition", operator, key),
					what:  conditionProblem(operator, key, values, request),
				})
			}
		}
	}
	return found
}

// conditionProblem says why a condition is false of a request: of its token, if it has one.
func conditionProblem(operator, key string, values policy.Values, request policy.Request) string {
	token, what := request.Context, "request"
	if request.Principal.Federated != nil {
		what = "token"
	}
	for have, got := range token {
		if strings.EqualFold(have, key) {
			return fmt.Sprintf("%s on %q wants %s, the %s has %s%s", operator, key, quoted(values), what, orNone(quoted(got)), hint(operator, values, got))
		}
	}
	issuer, claim := cutKey(key)
	for _, have := range slices.Sorted(maps.Keys(token)) {
		if have == secureTransport {
			continue
		}
		tokenIssuer, tokenClaim := cutKey(have)
		switch {
		case claim != tokenClaim:
		case strings.Contains(issuer, "://") && !strings.Contains(tokenIssuer, "://") && strings.EqualFold(issuerHost(issuer), tokenIssuer):
			return fmt.Sprintf("condition key %q has a scheme, the token's key is %q", key, have)
		default:
			return fmt.Sprintf("condition key %q is of another issuer than the principal: the token's key is %q", key, have)
		}
	}
	return fmt.Sprintf("condition key %q is none that the %s has: %s", key, what, quoted(slices.Sorted(maps.Keys(token))))
}

// cutKey cuts a condition key into what it is of, an issuer or a service, and its name.
func cutKey(key string) (of, name string) {
	i := strings.LastIndex(key, ":")
	if i < 0 {
		return key, ""
	}
	return key[:i], key[i+1:]
}

// hint says what a difference that is easily overlooked is.
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

// text joins the mismatches of a statement.
func text(mismatches []mismatch) string {
	parts := make([]string, len(mismatches))
	for i, m := range mismatches {
		parts[i] = m.what
	}
	return strings.Join(parts, "; ")
}
