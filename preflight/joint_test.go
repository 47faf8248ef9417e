package preflight

import (
	"strings"
	"testing"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

func TestPatternsTogether(t *testing.T) {
	const sub = "system:serviceaccount:"
	for _, test := range []struct{ a, b, want string }{
		{sub + "runners:build", sub + "runners:build", sub + "runners:build"},
		{sub + "runners:build", sub + "runners:deploy", ""},
		{sub + "runners:*", sub + "*:build", sub + "runners:build"},
		{sub + "runners:*", "*:build", sub + "runners:build"},
		{sub + "runners*", "*:build", sub + "runners*:build"},
		{sub + "runners:*", sub + "*:b*", sub + "runners:b*"},
		{sub + "*-ci:*", sub + "team-*:build", sub + "team-*-ci:build"},
		{sub + "run?ers:b*", sub + "r*:?uild", sub + "run?ers:build"},
		{"*", sub + "a:?", sub + "a:?"},
		{"*build", sub + "a:b*", sub + "a:b*build"},
		{sub + "a:*", sub + "b:*", ""},
		{"repo:octo-org/*", "repo:*", ""},
		{"", "", ""},
	} {
		p := newProof(facts.Facts{})
		got, ok := p.joint(test.a, test.b)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%q and %q: got %q, want %q", test.a, test.b, got, test.want)
		}
		if other, _ := p.joint(test.b, test.a); (other == "") != (got == "") {
			t.Errorf("%q and %q: got %q, the other way round %q", test.a, test.b, got, other)
		}
	}
}

// Every text of a joint pattern is one of both.
func TestPatternsTogetherAreWithinBoth(t *testing.T) {
	like := func(pattern, text string) bool {
		request := policy.Request{Action: "a", Resource: "r", Context: map[string][]string{"k": {text}}}
		statement := policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"a"}, Resource: policy.Values{"r"},
			Condition: policy.Condition{"StringLike": {"k": {pattern}}}}
		return policy.Evaluate(request, one(statement)).Outcome == policy.Allowed
	}
	parts := []string{"*", "?", "a", "b", "a*", "*b", "a?b", "ab*ba", "**"}
	count := 0
	for _, one := range parts {
		for _, two := range parts {
			for _, three := range parts {
				a, b := "system:serviceaccount:"+one+":"+two, "*:"+three
				joint, ok := newProof(facts.Facts{}).joint(a, b)
				if !ok {
					continue
				}
				count++
				text := instances(joint)[0].subject
				if !like(a, text) || !like(b, text) || strings.Count(text, ":") != colons {
					t.Errorf("%q and %q: %q", a, b, text)
				}
			}
		}
	}
	if count < 500 {
		t.Errorf("%d of 729 have something together", count)
	}
}

func TestPatternsTogetherAreBounded(t *testing.T) {
	p := newProof(facts.Facts{})
	many := policy.Values{}
	for range 60 {
		many = append(many, strings.Repeat("*a", 150)+"b")
	}
	condition := policy.Condition{"StringLike": {"k:sub": many}, "StringLikeIfExists": {"k:sub": many}}
	p.jointly(policy.Statement{Condition: condition}, []conditionKey{{"StringLike", "k:sub"}, {"StringLikeIfExists", "k:sub"}})
	if p.comparisons > 2*maxComparisons {
		t.Errorf("%d comparisons", p.comparisons)
	}
}
