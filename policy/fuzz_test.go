package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
)

// texts are the seeds: documents of every kind, and broken ones.
var texts = []string{
	"", " ", "null", "{}", "[]", "\ufeff{}", "\xff", "{\x00}", `{"Statement":[]}`, strings.Repeat("[", 100), strings.Repeat(`{"Statement":`, 50), `{"a":1e999}`,
	string(ourTrust.JSON()), string(ourPush.JSON()),
	`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"${k}*?${*}${l, 'x'}"}}`,
	`{"Id":"i","Statement":[{"Sid":"s","Effect":"Deny","NotPrincipal":{"AWS":["111122223333","*"],"Service":"s","Federated":"f","CanonicalUser":"c"},"NotAction":["a"],"NotResource":["r","s"]}]}`,
	`{"Statement":{"Effect":"Allow","Action":"a","Condition":{"ForAllValues:StringLike":{"k":["*a*b","?"]},"ForAnyValue:StringNotEqualsIfExists":{"l":1},"Null":{"k":true}}}}`,
	`{"Statement":{"Effect":"Allow","Action":"a","Condition":{"NumericLessThan":{"k":"1e9"},"DateEquals":{"k":"2026"},"Bool":{"k":"true"},"BinaryEquals":{"k":"eA=="},"IpAddress":{"k":"::/0"},"ArnLike":{"k":"arn:*:*:*:*:*"}}}}`,
	`{"Statement":{"Effect":"Allow","Action":["a","a"],"Action":"b"}}`,
	`{"Statement":{"effect":"Allow"}}`, `{"Statement":{"Effect":null}}`, `{"Statement":{"Condition":{"StringEqualz":{}}}}`,
}

// An error says a place in the text; a document is the same after JSON and Parse
// again.
func FuzzParseReadsWhatItWrites(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		document, err := policy.Parse([]byte(text))
		if err != nil {
			problem := err.(*policy.ParseError)
			lines := strings.Split(text, "\n")
			if problem.Line < 1 || problem.Line > len(lines) || problem.Column < 1 || problem.Column > len(lines[problem.Line-1])+1 || problem.Problem == "" {
				t.Errorf("%q: got %+v, want a place in the text", text, problem)
			}
			return
		}
		again, err := policy.Parse(document.JSON())
		if err != nil {
			t.Fatalf("%q\nwritten as %s: %v", text, document.JSON(), err)
		}
		if diff := cmp.Diff(document, again); diff != "" {
			t.Errorf("%q\nwritten and read (-before +after):\n%s", text, diff)
		}
	})
}

// A document decides as it does after JSON and Parse again, alone and beside
// documents that allow or deny everything.
func FuzzEvaluateDecidesTheSameAgain(f *testing.F) {
	for _, text := range texts {
		f.Add(text, "ecr:PutImage", app, "k", "1")
		f.Add(text, "", "*", "AWS:username", "${k}*")
	}
	everything := policy.Values{"*"}
	allow := policy.Document{Statement: []policy.Statement{{Effect: policy.EffectAllow, Action: everything}}}
	deny := policy.Document{Statement: []policy.Statement{{Effect: policy.EffectDeny, Action: everything}}}
	f.Fuzz(func(t *testing.T, text, action, resource, key, value string) {
		document, err := policy.Parse([]byte(text))
		if err != nil {
			return
		}
		request := policy.Request{
			Principal: policy.Principal{AWS: policy.Values{role, value}, Federated: policy.Values{provider}},
			Action:    action, Resource: resource,
			Context: context{key: {value}, "k": {value, resource}, "l": {""}},
		}
		decision := policy.Evaluate(request, document)
		again, err := policy.Parse(document.JSON())
		if err != nil {
			t.Fatal(err)
		}
		if got := policy.Evaluate(request, again); got != decision {
			t.Errorf("%s: got %s, again %s", text, decision, got)
		}
		if got := policy.Evaluate(request, document, allow).Outcome; got == policy.ImplicitDeny || (decision.Outcome != policy.ImplicitDeny && got != decision.Outcome) {
			t.Errorf("%s: got %s, beside an Allow of everything %s", text, decision, got)
		}
		if got := policy.Evaluate(request, document, deny).Outcome; got != policy.ExplicitDeny {
			t.Errorf("%s: beside a Deny of everything got %s", text, got)
		}
	})
}
