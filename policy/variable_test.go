package policy_test

import (
	"testing"

	"keyless-runners/policy"
)

// IAM user guide, "IAM policy elements: Variables and tags".
func TestEvaluateReplacesVariablesInConditions(t *testing.T) {
	ana := context{"k": {"home/ana"}, "aws:username": {"ana"}}
	testConditions(t, []circumstance{
		{"known", `{"StringEquals":{"k":"home/${aws:username}"}}`, ana, true},
		{"known, in other letters", `{"StringEquals":{"k":"home/${AWS:UserName}"}}`, ana, true},
		{"known, another value", `{"StringEquals":{"k":"home/${aws:username}"}}`, context{"k": {"home/bob"}, "aws:username": {"ana"}}, false},
		{"two", `{"StringEquals":{"k":"${a}/${b}"}}`, context{"k": {"home/ana"}, "a": {"home"}, "b": {"ana"}}, true},
		{"beside a wildcard", `{"StringLike":{"k":"*/${aws:username}"}}`, ana, true},
		{"a wildcard in the value is none", `{"StringLike":{"k":"home/${aws:username}"}}`, context{"k": {"home/ana"}, "aws:username": {"*"}}, false},
		{"unknown", `{"StringLike":{"k":"*${aws:userid}*"}}`, ana, false},
		{"unknown, but another value matches", `{"StringLike":{"k":["${aws:userid}","home/*"]}}`, ana, true},
		{"without a value, negated", `{"StringNotEquals":{"k":"${aws:userid}"}}`, ana, true},
		{"unknown and not written as such", `{"StringEquals":{"k":"${aws:userid}"}}`, context{"k": {"${aws:userid}"}}, false},
		{"of several values", `{"StringEquals":{"k":"home/${aws:username}"}}`, context{"k": {"home/ana"}, "aws:username": {"ana", "bob"}}, false},
		{"a default, needed", `{"StringEquals":{"k":"home/${aws:userid, 'ana'}"}}`, ana, true},
		{"a default, not needed", `{"StringEquals":{"k":"home/${aws:username, 'bob'}"}}`, ana, true},
		{"a default without its end", `{"StringEquals":{"k":"home/${aws:userid, 'ana}"}}`, ana, false},
		{"${*} is a star", `{"StringLike":{"k":"home/${*}"}}`, ana, false},
		{"${*} finds a star", `{"StringLike":{"k":"${*}"}}`, context{"k": {"*"}}, true},
		{"${?} is a question mark", `{"StringLike":{"k":"v${?}"}}`, context{"k": {"v?"}}, true},
		{"${?} is no other character", `{"StringLike":{"k":"v${?}"}}`, context{"k": {"vw"}}, false},
		{"${$} is a dollar sign", `{"StringEquals":{"k":"${$}{a}"}}`, context{"k": {"${a}"}}, true},
		{"without an end it is text", `{"StringEquals":{"k":"${a"}}`, context{"k": {"${a"}}, true},
		{"without a name", `{"StringEquals":{"k":"${}"}}`, context{"k": {""}}, false},
		{"StringEqualsIgnoreCase", `{"StringEqualsIgnoreCase":{"k":"HOME/${aws:username}"}}`, ana, true},
		{"Bool", `{"Bool":{"k":"${l}"}}`, context{"k": {"true"}, "l": {"true"}}, true},
		{"no IpAddress", `{"IpAddress":{"k":"${k}"}}`, context{"k": {"10.0.0.1"}}, false},
		{"no Null", `{"Null":{"k":"${l}"}}`, context{"l": {"true"}}, false},
	})
}

// The same page: "Resource element".
func TestEvaluateReplacesVariablesInResources(t *testing.T) {
	ana := policy.Request{Resource: "home/ana", Context: context{"aws:username": {"ana"}}}
	testJudgements(t, []judgement{
		{"known", `{"Effect":"Allow","Action":"*","Resource":"home/${aws:username}"}`, ana, first},
		{"unknown", `{"Effect":"Allow","Action":"*","Resource":"*${aws:userid}"}`, ana, no},
		{"unknown, but another matches", `{"Effect":"Allow","Action":"*","Resource":["${aws:userid}","home/*"]}`, ana, first},
		{"NotResource, known", `{"Effect":"Allow","Action":"*","NotResource":"home/${aws:username}"}`, ana, no},
		{"NotResource, unknown", `{"Effect":"Allow","Action":"*","NotResource":"home/${aws:userid}"}`, ana, first},
	})
}

// The same page, the note on Version.
func TestEvaluateKnowsVariablesSince2012(t *testing.T) {
	for version, want := range map[string]policy.Outcome{
		`"Version":"2012-10-17",`: policy.Allowed,
		`"Version":"2008-10-17",`: policy.ImplicitDeny,
		``:                        policy.ImplicitDeny,
	} {
		document := parsed(t, `{`+version+`"Statement":{"Effect":"Allow","Action":"*","Resource":"home/${aws:username}"}}`)
		request := policy.Request{Resource: "home/ana", Context: context{"aws:username": {"ana"}}}
		if got := policy.Evaluate(request, document).Outcome; got != want {
			t.Errorf("%s got %s, want %s", version, got, want)
		}
		request.Resource = "home/${aws:username}"
		if got := policy.Evaluate(request, document).Outcome; (got == policy.Allowed) == (want == policy.Allowed) {
			t.Errorf("%s as text: got %s", version, got)
		}
	}
}
