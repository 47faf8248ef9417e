package policy_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"keyless-runners/policy"
)

// dice makes small documents and requests that often meet. A seed always makes
// the same ones.
type dice struct{ *rand.Rand }

func (d dice) of(values ...string) string { return values[d.IntN(len(values))] }

func (d dice) values(values ...string) policy.Values {
	var some policy.Values
	for range 1 + d.IntN(3) {
		some = append(some, d.of(values...))
	}
	return some
}

func (d dice) statement(effect policy.Effect) policy.Statement {
	s := policy.Statement{Effect: effect}
	actions, resources := d.values("a:b", "a:*", "A:?", "c:d", "*"), d.values("x", "x/y", "x/*", "*", "${k}")
	if d.IntN(4) == 0 {
		s.NotAction = actions
	} else {
		s.Action = actions
	}
	if d.IntN(4) == 0 {
		s.NotResource = resources
	} else {
		s.Resource = resources
	}
	switch d.IntN(4) {
	case 0:
		s.Principal = &policy.Principal{AWS: d.values("*", role, session, "111122223333")}
	case 1:
		s.NotPrincipal = &policy.Principal{AWS: d.values(role, session, "111122223333", "444455556666")}
	}
	if d.IntN(2) == 0 {
		s.Condition = policy.Condition{
			d.of("StringEquals", "StringNotLike", "ForAllValues:StringLike", "ForAnyValue:StringEquals", "NumericLessThanIfExists", "Null"): {
				d.of("k", "l", "m"): d.values("x", "*", "1", "true", "${l}"),
			},
		}
	}
	return s
}

func (d dice) document(effects ...policy.Effect) policy.Document {
	document := policy.Document{Version: policy.Version}
	for range 1 + d.IntN(4) {
		document.Statement = append(document.Statement, d.statement(effects[d.IntN(len(effects))]))
	}
	return document
}

func (d dice) request() policy.Request {
	request := policy.Request{Action: d.of("a:b", "a:c", "c:d"), Resource: d.of("x", "x/y", "z"), Context: context{}}
	if d.IntN(2) == 0 {
		request.Principal.AWS = policy.Values{session, role}
	}
	for _, key := range []string{"k", "l"} {
		if d.IntN(3) > 0 {
			request.Context[key] = d.values("x", "1", "2", "")
		}
	}
	return request
}

// roll checks the property on 20,000 documents and requests, and that each
// outcome came up often.
func roll(t *testing.T, property func(dice, policy.Request, policy.Document, policy.Outcome)) {
	t.Helper()
	d := dice{rand.New(rand.NewPCG(1, 2))}
	seen := map[policy.Outcome]int{}
	for range 20000 {
		request, document := d.request(), d.document(policy.EffectAllow, policy.EffectAllow, policy.EffectDeny)
		outcome := policy.Evaluate(request, document).Outcome
		seen[outcome]++
		property(d, request, document, outcome)
		if t.Failed() {
			t.Fatalf("%s\nof %+v: %s", document.JSON(), request, outcome)
		}
	}
	for _, outcome := range []policy.Outcome{policy.ImplicitDeny, policy.ExplicitDeny, policy.Allowed} {
		if seen[outcome] < 2000 {
			t.Errorf("%s: came up %d times of 20000, want 2000", outcome, seen[outcome])
		}
	}
}

func TestAnAllowNeverRemovesAccess(t *testing.T) {
	roll(t, func(d dice, request policy.Request, document policy.Document, before policy.Outcome) {
		more := d.document(policy.EffectAllow)
		after := policy.Evaluate(request, document, more).Outcome
		if before != policy.ImplicitDeny && after != before {
			t.Errorf("with %s: %s", more.JSON(), after)
		}
		if before == policy.ImplicitDeny && after == policy.ExplicitDeny {
			t.Errorf("with %s: %s", more.JSON(), after)
		}
	})
}

func TestADenyNeverAddsAccess(t *testing.T) {
	roll(t, func(d dice, request policy.Request, document policy.Document, before policy.Outcome) {
		more := d.document(policy.EffectDeny)
		after := policy.Evaluate(request, more, document).Outcome
		if after != before && after != policy.ExplicitDeny {
			t.Errorf("with %s: %s", more.JSON(), after)
		}
	})
}

// A value more is one more way to match, and with Not one fewer.
func TestAValueMoreNeverMatchesLess(t *testing.T) {
	roll(t, func(d dice, request policy.Request, document policy.Document, before policy.Outcome) {
		s := d.statement(policy.EffectAllow)
		less := policy.Evaluate(request, policy.Document{Statement: []policy.Statement{s}}).Outcome
		if s.NotAction == nil {
			s.Action = append(slices.Clone(s.Action), d.of("a:b", "*", "c:d"))
		}
		if s.NotResource == nil {
			s.Resource = append(slices.Clone(s.Resource), d.of("x", "*", "z"))
		}
		more := policy.Evaluate(request, policy.Document{Statement: []policy.Statement{s}}).Outcome
		if less == policy.Allowed && more != policy.Allowed {
			t.Errorf("with more values, %+v: %s", s, more)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	roll(t, func(d dice, request policy.Request, document policy.Document, before policy.Outcome) {
		shuffled := document
		shuffled.Statement = shuffle(d, document.Statement)
		for i, s := range shuffled.Statement {
			s.Action, s.NotAction = shuffle(d, s.Action), shuffle(d, s.NotAction)
			s.Resource, s.NotResource = shuffle(d, s.Resource), shuffle(d, s.NotResource)
			for operator, keys := range s.Condition {
				keys = maps.Clone(keys)
				for key, values := range keys {
					keys[key] = shuffle(d, values)
				}
				s.Condition = policy.Condition{operator: keys}
			}
			shuffled.Statement[i] = s
		}
		if after := policy.Evaluate(request, shuffled).Outcome; after != before {
			t.Errorf("as %s: %s", shuffled.JSON(), after)
		}
		other := d.document(policy.EffectAllow, policy.EffectDeny)
		if policy.Evaluate(request, document, other).Outcome != policy.Evaluate(request, other, document).Outcome {
			t.Errorf("the order of documents matters beside %s", other.JSON())
		}
	})
}

func shuffle[S ~[]E, E any](d dice, values S) S {
	values = slices.Clone(values)
	d.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
	return values
}
