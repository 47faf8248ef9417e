package policy_test

import (
	"strings"
	"testing"

	"keyless-runners/policy"
)

// What is open is no certain Allow and no certain Deny: an Allow of everything stands
// before each of these statements, or none.
func TestEvaluateSaysWhatIsOpen(t *testing.T) {
	const (
		everything = `{"Effect":"Allow","Action":"*","Resource":"*"}`
		ip         = `it depends on aws:SourceIp, which only a request has`
		tag        = `it depends on aws:PrincipalTag/team, a tag of the principal that the files do not show`
		several    = "the IAM user guide does not say what an operator without ForAnyValue or ForAllValues makes of several values"
	)
	open := func(key string) bool { return strings.HasPrefix(key, "aws:") }
	for name, test := range map[string]struct {
		rest    string // of the statement
		request policy.Request
		allow   string
		deny    string
	}{
		"a key of the request": {
			`,"Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`, put, ip, ip},
		"a key of the request, negated": {
			`,"Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`, put, ip, ip},
		"whether there is such a key": {
			`,"Resource":"*","Condition":{"Null":{"aws:SourceIp":"true"}}`, put, ip, ip},
		"a key of the request beside one that is not met": {
			`,"Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{"k":"v"}}`, put, "implicit deny", "allowed"},
		"a key of the request, another action": {
			`,"Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`, policy.Request{Action: "s3:GetObject"}, "implicit deny", "allowed"},
		"a variable in a condition": {
			`,"Resource":"*","Condition":{"StringEquals":{"k":"${aws:PrincipalTag/team}"}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"v"}}}, tag, tag},
		"a variable in a condition, beside a value that matches": {
			`,"Resource":"*","Condition":{"StringEquals":{"k":["${aws:PrincipalTag/team}","v"]}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"v"}}}, "allowed", "explicit deny"},
		"a variable in a negated condition": {
			`,"Resource":"*","Condition":{"StringNotEquals":{"k":"${aws:PrincipalTag/team}"}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"v"}}}, tag, tag},
		"a variable in a negated condition, beside a value that matches": {
			`,"Resource":"*","Condition":{"StringNotEquals":{"k":["${aws:PrincipalTag/team}","v"]}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"v"}}}, "implicit deny", "allowed"},
		"a variable in Resource": {
			`,"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/${aws:PrincipalTag/team}"`, put, tag, tag},
		"a variable in NotResource": {
			`,"NotResource":"arn:aws:ecr:us-east-1:111122223333:repository/${aws:PrincipalTag/team}"`, put, tag, tag},
		"a variable in NotResource, beside a value that matches": {
			`,"NotResource":["arn:aws:ecr:us-east-1:111122223333:repository/${aws:PrincipalTag/team}","*"]`, put, "implicit deny", "allowed"},
		"a variable before the fifth colon": {
			`,"Resource":"arn:aws:ecr:us-east-1:${k}:repository/team/app"`, policy.Request{Action: "ecr:PutImage", Resource: app, Context: context{"k": {"111122223333"}}},
			`"arn:aws:ecr:us-east-1:${k}:repository/team/app" has a policy variable before the fifth colon, where IAM knows none`,
			`"arn:aws:ecr:us-east-1:${k}:repository/team/app" has a policy variable before the fifth colon, where IAM knows none`},
		"several values, one matches": {
			`,"Resource":"*","Condition":{"StringEquals":{"k":"v"}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"v", "w"}}}, several, several},
		"several values, none matches": {
			`,"Resource":"*","Condition":{"StringEquals":{"k":"v"}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"u", "w"}}}, "implicit deny", "allowed"},
		"several values, negated": {
			`,"Resource":"*","Condition":{"StringNotEquals":{"k":"v"}}`, policy.Request{Action: "ecr:PutImage", Context: context{"k": {"u", "w"}}}, several, several},
		"NotResource of an action without a resource": {
			`,"NotResource":"a"`, policy.Request{Action: "ecr:GetAuthorizationToken", Resource: "*"},
			"the IAM user guide does not say whether NotResource includes actions that have no resource",
			"the IAM user guide does not say whether NotResource includes actions that have no resource"},
		"another session of the role": {
			`,"Principal":{"AWS":"` + session + `"}`, policy.Request{Action: "ecr:PutImage", Principal: policy.Principal{AWS: policy.Values{role}}},
			`whether the session is "` + session + `" is known at the request alone`, `whether the session is "` + session + `" is known at the request alone`},
		"the role and its account are spared, no session is": {
			`,"NotPrincipal":{"AWS":["` + role + `","` + account + `"]}`, policy.Request{Action: "ecr:PutImage", Principal: policy.Principal{AWS: policy.Values{role}}},
			"the IAM user guide does not say what NotPrincipal makes of a principal whose account, role and session it lists in part",
			"the IAM user guide does not say what NotPrincipal makes of a principal whose account, role and session it lists in part"},
	} {
		t.Run(name, func(t *testing.T) {
			test.request.Open = open
			document := func(before, effect string) policy.Document {
				return parsed(t, `{"Version":"2012-10-17","Statement":[`+before+`{"Effect":"`+effect+`","Action":"ecr:*"`+test.rest+`}]}`)
			}
			short := func(decision policy.Decision) string {
				if decision.Open != "" {
					return decision.Open
				}
				return decision.Outcome.String()
			}
			if got := short(policy.Evaluate(test.request, document("", "Allow"))); got != test.allow {
				t.Errorf("Allow: got %q, want %q", got, test.allow)
			}
			if got := short(policy.Evaluate(test.request, document(everything+",", "Deny"))); got != test.deny {
				t.Errorf("Deny: got %q, want %q", got, test.deny)
			}
		})
	}
}

// IAM user guide, "Permissions boundaries": a Deny with NotPrincipal "will always deny any
// IAM principal that has a permissions boundary policy attached".
func TestNotPrincipalDeniesWhoeverHasABoundary(t *testing.T) {
	document := parsed(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["`+account+`","`+role+`","`+session+`"]},"Action":"*"},{"Effect":"Allow","Principal":"*","Action":"*"}]}`)
	request := policy.Request{Action: "ecr:PutImage", Principal: policy.Principal{AWS: policy.Values{role, session}}}
	if got := policy.Evaluate(request, document).String(); got != second {
		t.Errorf("got %s, want %s", got, second)
	}
	request.Bounded = true
	if got := policy.Evaluate(request, document).String(); got != denied {
		t.Errorf("with a boundary: got %s, want %s", got, denied)
	}
}

// A variable is text in documents of 2008-10-17: nothing is open.
func TestVariablesOfOldDocumentsAreText(t *testing.T) {
	document := parsed(t, `{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"a/${aws:PrincipalTag/team}"}}`)
	request := policy.Request{Action: "ecr:PutImage", Resource: "a/b", Open: func(string) bool { return true }}
	if got := policy.Evaluate(request, document).String(); got != no {
		t.Errorf("got %s, want %s", got, no)
	}
	request.Resource = "a/${aws:PrincipalTag/team}"
	if got := policy.Evaluate(request, document).String(); got != first {
		t.Errorf("its own text: got %s, want %s", got, first)
	}
}
