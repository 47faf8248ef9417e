package policy_test

import (
	"testing"

	"keyless-runners/policy"
)

// judgement is one row of the truth table: the statements of a document, a
// request and what Decision says of it.
type judgement struct {
	promise, statements string
	request             policy.Request
	want                string
}

func testJudgements(t *testing.T, rows []judgement) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.promise, func(t *testing.T) {
			document := parsed(t, `{"Version":"2012-10-17","Statement":[`+row.statements+`]}`)
			if got := policy.Evaluate(row.request, document).String(); got != row.want {
				t.Errorf("%s\nof %+v:\ngot  %s\nwant %s", row.statements, row.request, got, row.want)
			}
		})
	}
}

func parsed(t *testing.T, text string) policy.Document {
	t.Helper()
	document, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return document
}

// app is the image repository of the requests below.
const app = "arn:aws:ecr:us-east-1:111122223333:repository/team/app"

var put = policy.Request{Action: "ecr:PutImage", Resource: app}

func action(name string) policy.Request { return policy.Request{Action: name, Resource: app} }
func resource(name string) policy.Request {
	return policy.Request{Action: "ecr:PutImage", Resource: name}
}

const (
	no     = "implicit deny"
	first  = "allowed by Statement[0] of document 0"
	second = "allowed by Statement[1] of document 0"
	denied = "explicit deny by Statement[0] of document 0"
	barred = "explicit deny by Statement[1] of document 0"
	open   = ", open: the IAM user guide does not say "
)

// IAM user guide, "Policy evaluation logic".
func TestEvaluateWeighsAllowAndDeny(t *testing.T) {
	const allow, deny = `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`, `{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"}`
	testJudgements(t, []judgement{
		{"an Allow", allow, put, first},
		{"a Deny alone", deny, put, denied},
		{"a Deny after an Allow", allow + "," + deny, put, barred},
		{"a Deny before an Allow", deny + "," + allow, put, denied},
		{"a Deny of something else", deny + "," + allow, action("ecr:BatchGetImage"), second},
		{"nothing of the kind", allow, action("s3:GetObject"), no},
		{"the first of two Allows decides", allow + "," + allow, put, first},
		{"the first of two Denies decides", deny + "," + deny, put, denied},
		{"the Sid is told", `{"Sid":"Push","Effect":"Allow","Action":"*","Resource":"*"}`, put, `allowed by Statement[0] "Push" of document 0`},
		{"the Sid of a Deny is told", `{"Sid":"No","Effect":"Deny","Action":"*","Resource":"*"}`, put, `explicit deny by Statement[0] "No" of document 0`},
		{"a Deny whose condition is not met", allow + `,{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"v"}}}`, put, first},
		{"an Allow whose condition is not met", `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"v"}}}`, put, no},
		{"one of two Allows", `{"Effect":"Allow","Action":"s3:*","Resource":"*"},` + allow, put, second},
		{"action of one and resource of the other", `{"Effect":"Allow","Action":"ecr:PutImage","Resource":"b"},{"Effect":"Allow","Action":"s3:*","Resource":"*"}`, put, no},
	})
}

// IAM user guide, "IAM JSON policy elements: Action" and "... NotAction".
func TestEvaluateMatchesActions(t *testing.T) {
	testJudgements(t, []judgement{
		{"the same", `{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}`, put, first},
		{"capitals do not count", `{"Effect":"Allow","Action":"ECR:putimage","Resource":"*"}`, put, first},
		{"capitals of the request do not count", `{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}`, action("Ecr:PUTIMAGE"), first},
		{"capitals do not count beside a wildcard", `{"Effect":"Allow","Action":"ecr:PUT*","Resource":"*"}`, put, first},
		{"another of the service", `{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}`, put, no},
		{"the same of another service", `{"Effect":"Allow","Action":"ecr-public:PutImage","Resource":"*"}`, put, no},
		{"every action", `{"Effect":"Allow","Action":"*","Resource":"*"}`, put, first},
		{"every action of the service", `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`, put, first},
		{"* at the end", `{"Effect":"Allow","Action":"ecr:Put*","Resource":"*"}`, put, first},
		{"* in the middle", `{"Effect":"Allow","Action":"ecr:P*Image","Resource":"*"}`, put, first},
		{"* for nothing", `{"Effect":"Allow","Action":"ecr:PutImage*","Resource":"*"}`, put, first},
		{"* over the colon", `{"Effect":"Allow","Action":"e*Image","Resource":"*"}`, put, first},
		{"* that must go back", `{"Effect":"Allow","Action":"*m*e","Resource":"*"}`, put, first},
		{"* with another end", `{"Effect":"Allow","Action":"ecr:*Images","Resource":"*"}`, put, no},
		{"? for one character", `{"Effect":"Allow","Action":"ecr:?utImage","Resource":"*"}`, put, first},
		{"? is never nothing", `{"Effect":"Allow","Action":"ecr:PutImage?","Resource":"*"}`, put, no},
		{"? is never two", `{"Effect":"Allow","Action":"ecr:?tImage","Resource":"*"}`, put, no},
		{"a beginning is not the whole", `{"Effect":"Allow","Action":"ecr:Put","Resource":"*"}`, put, no},
		{"one of several", `{"Effect":"Allow","Action":["s3:*","ecr:PutImage"],"Resource":"*"}`, put, first},
		{"none of several", `{"Effect":"Allow","Action":["s3:*","ecr:Get*"],"Resource":"*"}`, put, no},
		{"NotAction of another", `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, put, first},
		{"NotAction of this", `{"Effect":"Allow","NotAction":"ecr:putimage","Resource":"*"}`, put, no},
		{"NotAction with this among several", `{"Effect":"Allow","NotAction":["iam:*","ecr:*"],"Resource":"*"}`, put, no},
		{"Deny of NotAction", `{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}`, put, denied},
		{"a variable is none in an action", `{"Effect":"Allow","Action":"ecr:${k}","Resource":"*"}`, policy.Request{Action: "ecr:PutImage", Context: map[string][]string{"k": {"PutImage"}}}, no},
	})
}

// IAM user guide, "IAM JSON policy elements: Resource" and "... NotResource".
func TestEvaluateMatchesResources(t *testing.T) {
	testJudgements(t, []judgement{
		{"the same", `{"Effect":"Allow","Action":"*","Resource":"` + app + `"}`, put, first},
		{"capitals count", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/Team/app"}`, put, no},
		{"every resource", `{"Effect":"Allow","Action":"*","Resource":"*"}`, put, first},
		{"* over a slash", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/*"}`, put, first},
		{"* over colons", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:*/app"}`, put, no + open + `whether the wildcard in "arn:aws:ecr:*/app" reaches over a colon or into the type of a resource`},
		{"a last * over colons", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-*"}`, put, first},
		{"* within segments", `{"Effect":"Allow","Action":"*","Resource":"arn:*:ecr:us-*-1:*:repository/*pp"}`, put, first},
		{"* for the whole of a type", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:*"}`, put, first},
		{"* in a type", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:repo*/app"}`, put, no + open + `whether the wildcard in "arn:aws:ecr:us-east-1:111122223333:repo*/app" reaches over a colon or into the type of a resource`},
		{"* over colons in a Deny", `{"Effect":"Deny","Action":"*","Resource":"arn:aws:ecr:*/app"},{"Effect":"Allow","Action":"*","Resource":"*"}`, put, second + open + `whether the wildcard in "arn:aws:ecr:*/app" reaches over a colon or into the type of a resource`},
		{"* for one part", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:*:111122223333:repository/team/app"}`, put, first},
		{"* for nothing between colons", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:*:111122223333:repository/a"}`, resource("arn:aws:ecr::111122223333:repository/a"), first},
		{"? for one character", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-?:111122223333:repository/team/app"}`, put, first},
		{"? for a slash", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/team?app"}`, put, first},
		{"? for a character of several bytes", `{"Effect":"Allow","Action":"*","Resource":"a?b"}`, resource("a東b"), first},
		{"another region", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/team/app"}`, put, no},
		{"another account", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:444455556666:repository/team/app"}`, put, no},
		{"a prefix without a wildcard", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/team"}`, put, no},
		{"a name that goes on", `{"Effect":"Allow","Action":"*","Resource":"` + app + `"}`, resource(app + "-2"), no},
		{"one of several", `{"Effect":"Allow","Action":"*","Resource":["a","` + app + `"]}`, put, first},
		{"none of several", `{"Effect":"Allow","Action":"*","Resource":["a","b"]}`, put, no},
		{"a star in the request is no wildcard", `{"Effect":"Allow","Action":"*","Resource":"` + app + `"}`, resource("*"), no},
		{"NotResource of another", `{"Effect":"Allow","Action":"*","NotResource":"a"}`, put, first},
		{"NotResource of this", `{"Effect":"Allow","Action":"*","NotResource":"*/app"}`, put, no + open + `whether the wildcard in "*/app" reaches over a colon or into the type of a resource`},
		{"NotResource with this among several", `{"Effect":"Allow","Action":"*","NotResource":["a","` + app + `"]}`, put, no},
		{"Deny of NotResource", `{"Effect":"Deny","Action":"*","NotResource":"a"}`, put, denied},
		{"no resource, as in a trust policy", `{"Effect":"Allow","Action":"*"}`, put, first},
	})
}

func TestEvaluateTellsWhichDocumentDecided(t *testing.T) {
	allow := parsed(t, `{"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}`)
	deny := parsed(t, `{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"Stop","Effect":"Deny","Action":"*","Resource":"*"}]}`)
	for _, c := range []struct {
		promise   string
		documents []policy.Document
		want      policy.Decision
	}{
		{"no document", nil, policy.Decision{}},
		{"a document without statements", []policy.Document{{}}, policy.Decision{}},
		{"the second allows", []policy.Document{{}, allow}, policy.Decision{Outcome: policy.Allowed, Document: 1}},
		{"the second denies", []policy.Document{allow, deny}, policy.Decision{Outcome: policy.ExplicitDeny, Document: 1, Statement: 1, Sid: "Stop"}},
		{"the first denies", []policy.Document{deny, allow}, policy.Decision{Outcome: policy.ExplicitDeny, Statement: 1, Sid: "Stop"}},
	} {
		t.Run(c.promise, func(t *testing.T) {
			if got := policy.Evaluate(put, c.documents...); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// What Parse refuses can still be written in Go.
func TestEvaluateIgnoresStatementsThatIAMWouldRefuse(t *testing.T) {
	everything := policy.Values{"*"}
	for promise, statement := range map[string]policy.Statement{
		"no action":        {Effect: policy.EffectAllow, Resource: everything},
		"no effect":        {Action: everything, Resource: everything},
		"unknown effect":   {Effect: "allow", Action: everything, Resource: everything},
		"unknown operator": {Effect: policy.EffectAllow, Action: everything, Condition: policy.Condition{"StringEqualz": {"k": {"v"}}}},
	} {
		t.Run(promise, func(t *testing.T) {
			request := policy.Request{Action: "ecr:PutImage", Context: map[string][]string{"k": {"v"}}}
			if got := policy.Evaluate(request, policy.Document{Statement: []policy.Statement{statement}}); got != (policy.Decision{}) {
				t.Errorf("got %s, want %s", got, no)
			}
		})
	}
}
