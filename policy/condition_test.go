package policy_test

import (
	"testing"

	"keyless-runners/policy"
)

// context is what a request says of condition keys.
type context = map[string][]string

// circumstance is one row of the truth table about conditions: a condition, a
// context and whether it is met.
type circumstance struct {
	promise, condition string
	context            context
	met                bool
}

// testConditions puts each condition to an Allow and to a Deny.
func testConditions(t *testing.T, rows []circumstance) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.promise, func(t *testing.T) {
			for effect, met := range map[string]policy.Outcome{"Allow": policy.Allowed, "Deny": policy.ExplicitDeny} {
				want := policy.ImplicitDeny
				if row.met {
					want = met
				}
				document := parsed(t, `{"Version":"2012-10-17","Statement":{"Effect":"`+effect+`","Action":"*","Resource":"*","Condition":`+row.condition+`}}`)
				if got := policy.Evaluate(policy.Request{Context: row.context}, document).Outcome; got != want {
					t.Errorf("%s %s with %v: got %s, want %s", effect, row.condition, row.context, got, want)
				}
			}
		})
	}
}

// IAM user guide, "IAM JSON policy elements: Condition operators", String.
func TestEvaluateComparesStrings(t *testing.T) {
	testConditions(t, []circumstance{
		{"equal", `{"StringEquals":{"k":"v"}}`, context{"k": {"v"}}, true},
		{"not equal", `{"StringEquals":{"k":"v"}}`, context{"k": {"w"}}, false},
		{"equal counts capitals", `{"StringEquals":{"k":"v"}}`, context{"k": {"V"}}, false},
		{"equal takes * as it is", `{"StringEquals":{"k":"v*"}}`, context{"k": {"vw"}}, false},
		{"equal finds a *", `{"StringEquals":{"k":"v*"}}`, context{"k": {"v*"}}, true},
		{"equal takes ? as it is", `{"StringEquals":{"k":"?"}}`, context{"k": {"v"}}, false},
		{"equal to nothing", `{"StringEquals":{"k":""}}`, context{"k": {""}}, true},
		{"the guide's subject with a blank", `{"StringEquals":{"o:sub":"system:serviceaccount: ns:sa"}}`, context{"o:sub": {"system:serviceaccount:ns:sa"}}, false},
		{"StringNotEquals, another", `{"StringNotEquals":{"k":"v"}}`, context{"k": {"w"}}, true},
		{"StringNotEquals, the same", `{"StringNotEquals":{"k":"v"}}`, context{"k": {"v"}}, false},
		{"StringNotEquals counts capitals", `{"StringNotEquals":{"k":"v"}}`, context{"k": {"V"}}, true},
		{"ignoring case, equal", `{"StringEqualsIgnoreCase":{"k":"Value"}}`, context{"k": {"vALUE"}}, true},
		{"ignoring case, another", `{"StringEqualsIgnoreCase":{"k":"Value"}}`, context{"k": {"values"}}, false},
		{"ignoring case takes * as it is", `{"StringEqualsIgnoreCase":{"k":"V*"}}`, context{"k": {"value"}}, false},
		{"not ignoring case, equal", `{"StringNotEqualsIgnoreCase":{"k":"Value"}}`, context{"k": {"vALUE"}}, false},
		{"not ignoring case, another", `{"StringNotEqualsIgnoreCase":{"k":"Value"}}`, context{"k": {"w"}}, true},
		{"like, *", `{"StringLike":{"k":"system:serviceaccount:ns:*"}}`, context{"k": {"system:serviceaccount:ns:sa"}}, true},
		{"like, * over colons", `{"StringLike":{"k":"system:*:sa"}}`, context{"k": {"system:serviceaccount:ns:sa"}}, true},
		{"like, * for nothing", `{"StringLike":{"k":"*"}}`, context{"k": {""}}, true},
		{"like, ?", `{"StringLike":{"k":"v?"}}`, context{"k": {"vw"}}, true},
		{"like, ? is one", `{"StringLike":{"k":"v?"}}`, context{"k": {"v"}}, false},
		{"like counts capitals", `{"StringLike":{"k":"V*"}}`, context{"k": {"value"}}, false},
		{"like is the whole value", `{"StringLike":{"k":"val"}}`, context{"k": {"value"}}, false},
		{"a * of the request is no wildcard", `{"StringLike":{"k":"value"}}`, context{"k": {"*"}}, false},
		{"not like, a match", `{"StringNotLike":{"k":"v*"}}`, context{"k": {"value"}}, false},
		{"not like, no match", `{"StringNotLike":{"k":"v*"}}`, context{"k": {"w"}}, true},
		{"a number is its text", `{"StringEquals":{"k":10}}`, context{"k": {"10"}}, true},
		{"a boolean is its text", `{"StringEquals":{"k":true}}`, context{"k": {"true"}}, true},
	})
}

// IAM user guide, "Conditions with multiple context keys or values", and for the
// case of keys "IAM JSON policy elements: Condition".
func TestEvaluateCombinesKeysAndValues(t *testing.T) {
	both := context{"a": {"1"}, "b": {"2"}}
	testConditions(t, []circumstance{
		{"no condition", `{}`, nil, true},
		{"an operator without keys", `{"StringEquals":{}}`, nil, true},
		{"one of several values", `{"StringEquals":{"a":["0","1"]}}`, both, true},
		{"none of several values", `{"StringEquals":{"a":["0","2"]}}`, both, false},
		{"negated, one of several values", `{"StringNotEquals":{"a":["0","1"]}}`, both, false},
		{"negated, none of several values", `{"StringNotEquals":{"a":["0","2"]}}`, both, true},
		{"two keys, both", `{"StringEquals":{"a":"1","b":"2"}}`, both, true},
		{"two keys, the first", `{"StringEquals":{"a":"1","b":"1"}}`, both, false},
		{"two keys, the second", `{"StringEquals":{"a":"2","b":"2"}}`, both, false},
		{"two operators, both", `{"StringEquals":{"a":"1"},"StringLike":{"b":"*"}}`, both, true},
		{"two operators, the first", `{"StringEquals":{"a":"1"},"StringLike":{"b":"1*"}}`, both, false},
		{"two operators, the second", `{"StringEquals":{"a":"2"},"StringLike":{"b":"*"}}`, both, false},
		{"one key twice, both", `{"StringLike":{"a":"*"},"StringNotEquals":{"a":"2"}}`, both, true},
		{"one key twice, one", `{"StringLike":{"a":"*"},"StringNotEquals":{"a":"1"}}`, both, false},
		{"keys in other letters", `{"StringEquals":{"AWS:sourceVPC":"v"}}`, context{"aws:SourceVpc": {"v"}}, true},
		{"keys of the request in two spellings", `{"ForAllValues:StringEquals":{"k":"v"}}`, context{"K": {"v"}, "k": {"w"}}, false},
	})
}

// IAM user guide, "IAM JSON policy elements: Condition operators": the note on
// keys that are not present, "...IfExists" and "Null".
func TestEvaluateMissesKeys(t *testing.T) {
	testConditions(t, []circumstance{
		{"missing", `{"StringEquals":{"k":"v"}}`, nil, false},
		{"missing is not nothing", `{"StringEquals":{"k":""}}`, nil, false},
		{"a key without values is missing", `{"StringLike":{"k":"*"}}`, context{"k": {}}, false},
		{"missing, like anything", `{"StringLike":{"k":"*"}}`, nil, false},
		{"missing, negated", `{"StringNotEquals":{"k":"v"}}`, nil, true},
		{"missing, not like", `{"StringNotLike":{"k":"*"}}`, nil, true},
		{"missing, ARN not like", `{"ArnNotLike":{"k":"arn:*:*:*:*:*"}}`, nil, true},
		{"missing, number", `{"NumericLessThan":{"k":"1"}}`, nil, false},
		{"missing, number not equal", `{"NumericNotEquals":{"k":"1"}}`, nil, true},
		{"missing, date not equal", `{"DateNotEquals":{"k":"2020"}}`, nil, true},
		{"missing, address", `{"IpAddress":{"k":"0.0.0.0/0"}}`, nil, false},
		{"missing, not the address", `{"NotIpAddress":{"k":"0.0.0.0/0"}}`, nil, true},
		{"missing, boolean false", `{"Bool":{"k":"false"}}`, nil, false},
		{"if exists, missing", `{"StringEqualsIfExists":{"k":"v"}}`, nil, true},
		{"if exists, without values", `{"StringEqualsIfExists":{"k":"v"}}`, context{"k": nil}, true},
		{"if exists, the same", `{"StringEqualsIfExists":{"k":"v"}}`, context{"k": {"v"}}, true},
		{"if exists, another", `{"StringEqualsIfExists":{"k":"v"}}`, context{"k": {"w"}}, false},
		{"if exists, negated and missing", `{"StringNotEqualsIfExists":{"k":"v"}}`, nil, true},
		{"if exists, negated and the same", `{"StringNotEqualsIfExists":{"k":"v"}}`, context{"k": {"v"}}, false},
		{"if exists, boolean missing", `{"BoolIfExists":{"k":"true"}}`, nil, true},
		{"if exists does not excuse another key", `{"StringEqualsIfExists":{"k":"v"},"StringEquals":{"l":"v"}}`, nil, false},
		{"null, missing", `{"Null":{"k":"true"}}`, nil, true},
		{"null, without values", `{"Null":{"k":"true"}}`, context{"k": {}}, true},
		{"null, there", `{"Null":{"k":"true"}}`, context{"k": {"v"}}, false},
		{"not null, missing", `{"Null":{"k":"false"}}`, nil, false},
		{"not null, there", `{"Null":{"k":false}}`, context{"k": {"v"}}, true},
		{"null, there in other letters", `{"Null":{"K":"false"}}`, context{"k": {"v"}}, true},
		{"null or not, missing", `{"Null":{"k":["true","false"]}}`, nil, true},
		{"null or not, there", `{"Null":{"k":["true","false"]}}`, context{"k": {"v"}}, true},
	})
}

// IAM user guide, "Single-valued vs. multivalued context keys".
func TestEvaluateComparesSets(t *testing.T) {
	testConditions(t, []circumstance{
		{"all, each matches", `{"ForAllValues:StringEquals":{"k":["a","b","c"]}}`, context{"k": {"b", "a"}}, true},
		{"all, one does not", `{"ForAllValues:StringEquals":{"k":["a","b"]}}`, context{"k": {"a", "z"}}, false},
		{"all, missing", `{"ForAllValues:StringEquals":{"k":"a"}}`, nil, true},
		{"all, an empty string", `{"ForAllValues:StringEquals":{"k":"a"}}`, context{"k": {""}}, true},
		{"all like", `{"ForAllValues:StringLike":{"k":"a*"}}`, context{"k": {"a", "ab"}}, true},
		{"all not, none matches", `{"ForAllValues:StringNotEquals":{"k":["a","b"]}}`, context{"k": {"y", "z"}}, true},
		{"all not, one matches", `{"ForAllValues:StringNotEquals":{"k":["a","b"]}}`, context{"k": {"a", "z"}}, false},
		{"all not, missing", `{"ForAllValues:StringNotEquals":{"k":"a"}}`, nil, true},
		{"all if exists, missing", `{"ForAllValues:StringEqualsIfExists":{"k":"a"}}`, nil, true},
		{"any, one matches", `{"ForAnyValue:StringEquals":{"k":["a","b"]}}`, context{"k": {"z", "b"}}, true},
		{"any, none matches", `{"ForAnyValue:StringEquals":{"k":["a","b"]}}`, context{"k": {"y", "z"}}, false},
		{"any, missing", `{"ForAnyValue:StringEquals":{"k":"a"}}`, nil, false},
		{"any, an empty string", `{"ForAnyValue:StringEquals":{"k":""}}`, context{"k": {""}}, false},
		{"any not, one differs", `{"ForAnyValue:StringNotEquals":{"k":"a"}}`, context{"k": {"a", "z"}}, true},
		{"any not, all match", `{"ForAnyValue:StringNotEquals":{"k":["a","b"]}}`, context{"k": {"a", "b"}}, false},
		{"any not, missing", `{"ForAnyValue:StringNotEquals":{"k":"a"}}`, nil, false},
		{"any if exists, missing", `{"ForAnyValue:StringLikeIfExists":{"k":"a"}}`, nil, true},
		{"any if exists, none matches", `{"ForAnyValue:StringLikeIfExists":{"k":"a"}}`, context{"k": {"b"}}, false},
		{"any, numbers", `{"ForAnyValue:NumericGreaterThan":{"k":5}}`, context{"k": {"1", "9"}}, true},
		{"a set operator with Null", `{"ForAllValues:Null":{"k":"false"}}`, nil, false},
	})
}
