package policy_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
)

func TestParseReadsEveryElement(t *testing.T) {
	for _, c := range []struct {
		promise, text string
		want          policy.Document
	}{
		{"identity policy, one statement", `{"Version":"2012-10-17","Statement":{"Sid":"S","Effect":"Allow","Action":"ecr:*","Resource":"*"}}`,
			policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{Sid: "S", Effect: "Allow", Action: policy.Values{"ecr:*"}, Resource: policy.Values{"*"}}}}},
		{"resource policy, list of statements", ` { "Id" : "I", "Version" : "2008-10-17", "Statement" : [ { "NotPrincipal" : { "Service" : "s", "CanonicalUser" : [ "c" ] }, "Effect" : "Deny", "NotAction" : [ "a" , "b" ], "NotResource" : "r" } ] } `,
			policy.Document{Id: "I", Version: "2008-10-17", Statement: []policy.Statement{{
				Effect:       "Deny",
				NotPrincipal: &policy.Principal{Service: policy.Values{"s"}, CanonicalUser: policy.Values{"c"}},
				NotAction:    policy.Values{"a", "b"}, NotResource: policy.Values{"r"},
			}}}},
		{"everybody", `{"Statement":{"Effect":"Allow","Principal":"*","Action":"a"}}`,
			policy.Document{Statement: []policy.Statement{{Effect: "Allow", Principal: &policy.Principal{AWS: policy.Values{"*"}}, Action: policy.Values{"a"}}}}},
		{"accounts and providers", `{"Statement":{"Effect":"Allow","Principal":{"AWS":["1","2"],"Federated":"p"},"Action":"a"}}`,
			policy.Document{Statement: []policy.Statement{{Effect: "Allow", Principal: &policy.Principal{AWS: policy.Values{"1", "2"}, Federated: policy.Values{"p"}}, Action: policy.Values{"a"}}}}},
		{"values of conditions", `{"Statement":{"Effect":"Allow","Action":"a","Condition":{"ForAnyValue:StringLikeIfExists":{"k":["s",true,1.50]},"Bool":{"l":false},"Null":{}}}}`,
			policy.Document{Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{"a"}, Condition: policy.Condition{
				"ForAnyValue:StringLikeIfExists": {"k": {"s", "true", "1.50"}}, "Bool": {"l": {"false"}}, "Null": {},
			}}}}},
		{"an empty condition is none", `{"Statement":{"Effect":"Allow","Action":"a","Condition":{}}}`,
			policy.Document{Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{"a"}}}}},
		{"escapes", `{"Statement":{"\u0045ffect":"Allow","Action":"a\u0026\"\n"}}`,
			policy.Document{Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{"a&\"\n"}}}}},
	} {
		t.Run(c.promise, func(t *testing.T) {
			if diff := cmp.Diff(c.want, parsed(t, c.text)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

// bareStatement is a document whose statement has the given elements and an
// Action.
func bareStatement(elements string) string {
	return `{"Statement":[{"Action":"a",` + elements + `}]}`
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range []struct{ promise, text, want string }{
		{"empty", ``, `line 1, column 1: not JSON: unexpected end of JSON input`},
		{"not JSON", `Version: 2012-10-17`, `line 1, column 1: not JSON: invalid character 'V' looking for beginning of value`},
		{"cut off", "{\"Version\":\n  \"2012-10-17\"", `line 2, column 14: not JSON: unexpected end of JSON input`},
		{"trailing comma", "{\n  \"Id\": \"é\",\n}", `line 3, column 1: not JSON: invalid character '}' looking for beginning of object key string`},
		{"trailing text", `{"Statement":[]} x`, `line 1, column 18: not JSON: invalid character 'x' after top-level value`},
		{"two documents", "{}\n{}", `line 2, column 1: not JSON: invalid character '{' after top-level value`},
		{"byte order mark", "\ufeff{}", `line 1, column 1: not JSON: invalid character 'ï' looking for beginning of value`},
		{"UTF-16", "\xff\xfe{\x00}\x00", `line 1, column 1: not UTF-8: byte 0xff; save the file as UTF-8`},
		{"nested too deep", strings.Repeat("[", 10001), `line 1, column 10001: nested too deep: want at most the six levels of a policy`},
		{"too long", strings.Repeat(" ", 1<<20+1), `line 1, column 1: text of 1048577 bytes: want at most 1048576`},
		{"null", `null`, `line 1, column 1: want an object, got null`},
		{"a list", `[]`, `line 1, column 1: want an object, got a list`},
		{"no statement", `{"Version":"2012-10-17"}`, `line 1, column 1: Statement is missing; want at least one statement`},
		{"no statement in the list", `{"Statement":[]}`, `line 1, column 14: Statement: the list is empty; want at least one item`},
		{"null for statements", `{"Statement":null}`, `line 1, column 14: Statement: want an object, got null`},
		{"null among statements", `{"Statement":[null]}`, `line 1, column 15: Statement[0]: want an object, got null`},
		{"unknown version", `{"Version":"2012-10-71"}`, `line 1, column 12: Version: unknown version "2012-10-71"; did you mean "2012-10-17"?`},
		{"a date of today", `{"Version":"2026-11-23"}`, `line 1, column 12: Version: unknown version "2026-11-23": want "2012-10-17", or "2008-10-17" of old documents`},
		{"version is no number", `{"Version":2012}`, `line 1, column 12: Version: want a string, got the number 2012`},
		{"element in lower case", `{"statement":[]}`, `line 1, column 2: statement: unknown element "statement"; did you mean "Statement"?`},
		{"element with a letter too many", `{"Statements":[]}`, `line 1, column 2: Statements: unknown element "Statements"; did you mean "Statement"?`},
		{"unknown element", `{"Comment":""}`, `line 1, column 2: Comment: unknown element "Comment": want one of Id, Statement, Version`},
		{"element twice", `{"Id":"a","Id":"a"}`, `line 1, column 11: "Id" is written twice; want it once`},
		{"element twice, once with an escape", `{"Id":"a","\u0049d":"a"}`, `line 1, column 11: "Id" is written twice; want it once`},
		{"unknown element of a statement", `{"Statement":[{"Actoin":"a"}]}`, `line 1, column 16: Statement[0].Actoin: unknown element "Actoin"; did you mean "Action"?`},
		{"comment of the webhook's sample", `{"Statement":[{"__doc_comment":"a"}]}`,
			`line 1, column 16: Statement[0]["__doc_comment"]: unknown element "__doc_comment": want one of Action, Condition, Effect, NotAction, NotPrincipal, NotResource, Principal, Resource, Sid`},
		{"no effect", `{"Statement":{"Action":"a"}}`, `line 1, column 14: Statement: Effect is missing; want "Allow" or "Deny"`},
		{"effect in lower case", bareStatement(`"Effect":"allow"`), `line 1, column 38: Statement[0].Effect: unknown effect "allow"; did you mean "Allow"?`},
		{"another effect", bareStatement(`"Effect":"Permit"`), `line 1, column 38: Statement[0].Effect: unknown effect "Permit": want "Allow" or "Deny"`},
		{"null for an effect", bareStatement(`"Effect":null`), `line 1, column 38: Statement[0].Effect: want a string, got null`},
		{"no action", `{"Statement":[{"Effect":"Allow","Resource":"*"}]}`, `line 1, column 15: Statement[0]: Action is missing; want Action or NotAction`},
		{"null for an action", `{"Statement":[{"Action":null}]}`, `line 1, column 25: Statement[0].Action: want a string, got null`},
		{"null among actions", `{"Statement":[{"Action":["a",null]}]}`, `line 1, column 30: Statement[0].Action[1]: want a string, got null`},
		{"no action in the list", `{"Statement":[{"Action":[]}]}`, `line 1, column 25: Statement[0].Action: the list is empty; want at least one item`},
		{"an object for an action", `{"Statement":[{"Action":{"Ref":"A"}}]}`, `line 1, column 25: Statement[0].Action: want a string, got an object`},
		{"a list within a list", `{"Statement":[{"Action":[["a"]]}]}`, `line 1, column 26: Statement[0].Action[0]: want a string, got a list`},
		{"Action and NotAction", bareStatement(`"Effect":"Allow","NotAction":"b"`), `line 1, column 15: Statement[0]: Action and NotAction in one statement; want one of them`},
		{"Resource and NotResource", bareStatement(`"Effect":"Allow","Resource":"b","NotResource":"b"`), `line 1, column 15: Statement[0]: Resource and NotResource in one statement; want one of them`},
		{"Principal and NotPrincipal", bareStatement(`"Effect":"Allow","Principal":"*","NotPrincipal":"*"`), `line 1, column 15: Statement[0]: Principal and NotPrincipal in one statement; want one of them`},
		{"principal without a kind", bareStatement(`"Principal":"111122223333"`), `line 1, column 41: Statement[0].Principal: want "*" or an object such as {"AWS": "*"}, got the string "111122223333"`},
		{"a list of principals", bareStatement(`"Principal":["*"]`), `line 1, column 41: Statement[0].Principal: want an object, got a list`},
		{"no principal", bareStatement(`"Principal":{}`), `line 1, column 41: Statement[0].Principal: no principal is named; want AWS, Federated, Service or CanonicalUser`},
		{"kind of principal in other letters", bareStatement(`"Principal":{"Aws":"*"}`), `line 1, column 42: Statement[0].Principal.Aws: unknown element "Aws"; did you mean "AWS"?`},
		{"account as a number", bareStatement(`"Principal":{"AWS":111122223333}`), `line 1, column 48: Statement[0].Principal.AWS: want a string, got the number 111122223333`},
		{"unknown operator", "{\"Statement\":[\n  {\"Action\": \"a\",\n   \"Condition\": {\"StringEqualz\": {}}}]}",
			`line 3, column 18: Statement[0].Condition.StringEqualz: unknown condition operator "StringEqualz"; did you mean "StringEquals"?`},
		{"operator in other letters", bareStatement(`"Condition":{"stringequals":{}}`), `line 1, column 42: Statement[0].Condition.stringequals: unknown condition operator "stringequals"; did you mean "StringEquals"?`},
		{"set operator with a letter too many", bareStatement(`"Condition":{"ForAllValues:StringLikes":{}}`), `line 1, column 42: Statement[0].Condition["ForAllValues:StringLikes"]: unknown condition operator "ForAllValues:StringLikes"; did you mean "ForAllValues:StringLike"?`},
		{"no such operator", bareStatement(`"Condition":{"Matches":{}}`), `line 1, column 42: Statement[0].Condition.Matches: unknown condition operator "Matches": want an operator of IAM such as "StringEquals" or "StringLike"`},
		{"NullIfExists", bareStatement(`"Condition":{"NullIfExists":{}}`), `line 1, column 42: Statement[0].Condition.NullIfExists: unknown condition operator "NullIfExists": want an operator of IAM such as "StringEquals" or "StringLike"`},
		{"condition without an operator", bareStatement(`"Condition":{"aws:SourceVpc":"v"}`), `line 1, column 42: Statement[0].Condition["aws:SourceVpc"]: unknown condition operator "aws:SourceVpc": want an operator of IAM such as "StringEquals" or "StringLike"`},
		{"null for a condition", bareStatement(`"Condition":null`), `line 1, column 41: Statement[0].Condition: want an object, got null`},
		{"null for keys", bareStatement(`"Condition":{"Bool":null}`), `line 1, column 49: Statement[0].Condition.Bool: want an object, got null`},
		{"null for a value", bareStatement(`"Condition":{"Bool":{"a:b":null}}`), `line 1, column 56: Statement[0].Condition.Bool["a:b"]: want a string, a number or a boolean, got null`},
		{"no value in the list", bareStatement(`"Condition":{"Bool":{"a:b":[]}}`), `line 1, column 56: Statement[0].Condition.Bool["a:b"]: the list is empty; want at least one item`},
		{"an object for a value", bareStatement(`"Condition":{"Bool":{"a:b":[{}]}}`), `line 1, column 57: Statement[0].Condition.Bool["a:b"][0]: want a string, a number or a boolean, got an object`},
		{"operator twice", bareStatement(`"Condition":{"Bool":{},"Bool":{}}`), `line 1, column 52: Statement[0].Condition: "Bool" is written twice; want it once`},
		{"key twice", bareStatement(`"Condition":{"Bool":{"k":"true","k":"true"}}`), `line 1, column 61: Statement[0].Condition.Bool: "k" is written twice; want it once`},
		{"boolean for a Sid", bareStatement(`"Sid":true`), `line 1, column 35: Statement[0].Sid: want a string, got the boolean true`},
		{"the second statement", `{"Statement":[{"Effect":"Deny","Action":"a"},{"Effect":"Deny"}]}`, `line 1, column 46: Statement[1]: Action is missing; want Action or NotAction`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			document, err := policy.Parse([]byte(c.text))
			var problem *policy.ParseError
			if !errors.As(err, &problem) || err.Error() != c.want {
				t.Errorf("%.200s\ngot  %v\nwant %s", c.text, err, c.want)
			}
			if diff := cmp.Diff(policy.Document{}, document); diff != "" {
				t.Errorf("document beside an error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseReadsOurOwnDocuments(t *testing.T) {
	for _, want := range []policy.Document{ourTrust, ourPush} {
		if diff := cmp.Diff(want, parsed(t, string(want.JSON()))); diff != "" {
			t.Errorf("document (-want +got):\n%s", diff)
		}
	}
}
