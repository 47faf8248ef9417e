package policy_test

import "testing"

// IAM user guide, "IAM JSON policy elements: Condition operators", Amazon
// Resource Name (ARN). The two long ones are the guide's own example.
func TestEvaluateComparesARNs(t *testing.T) {
	pusher := context{"k": {"arn:aws:iam::111122223333:role/ci/pusher"}}
	long := context{"k": {"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"}}
	testConditions(t, []circumstance{
		{"the same", `{"ArnEquals":{"k":"arn:aws:iam::111122223333:role/ci/pusher"}}`, pusher, true},
		{"another", `{"ArnEquals":{"k":"arn:aws:iam::111122223333:role/ci/other"}}`, pusher, false},
		{"capitals count", `{"ArnLike":{"k":"arn:aws:iam::111122223333:role/CI/*"}}`, pusher, false},
		{"ArnEquals knows wildcards", `{"ArnEquals":{"k":"arn:aws:iam::*:role/*"}}`, pusher, true},
		{"ArnLike, *", `{"ArnLike":{"k":"arn:aws:iam::*:role/*"}}`, pusher, true},
		{"ArnLike, ?", `{"ArnLike":{"k":"arn:aws:iam::11112222333?:role/ci/pusher"}}`, pusher, true},
		{"ArnLike, * for an empty part", `{"ArnLike":{"k":"arn:*:iam:*:111122223333:*"}}`, pusher, true},
		{"ArnLike, * does not reach over a colon", `{"ArnLike":{"k":"arn:aws:someservice:*:111122223333:finance/*"}}`, long, false},
		{"StringLike, * reaches over colons", `{"StringLike":{"k":"arn:aws:someservice:*:111122223333:finance/*"}}`, long, true},
		{"the last part may have colons", `{"ArnLike":{"k":"arn:aws:someservice:*:*:store/*:finance/*"}}`, long, true},
		{"fewer parts are no ARN", `{"ArnLike":{"k":"arn:aws:iam::*"}}`, pusher, false},
		{"a * alone is no ARN", `{"ArnLike":{"k":"*"}}`, pusher, false},
		{"no ARN in the request", `{"ArnLike":{"k":"arn:*:*:*:*:*"}}`, context{"k": {"pusher"}}, false},
		{"ArnNotEquals, the same", `{"ArnNotEquals":{"k":"arn:aws:iam::111122223333:role/ci/pusher"}}`, pusher, false},
		{"ArnNotEquals, another", `{"ArnNotEquals":{"k":"arn:aws:iam::111122223333:role/ci/other"}}`, pusher, true},
		{"ArnNotLike, a match", `{"ArnNotLike":{"k":"arn:aws:iam::*:role/*"}}`, pusher, false},
		{"ArnNotLike, no match", `{"ArnNotLike":{"k":"arn:aws:iam::*:user/*"}}`, pusher, true},
		{"ArnLikeIfExists, missing", `{"ArnLikeIfExists":{"k":"arn:aws:iam::*:user/*"}}`, nil, true},
		{"a variable after the fifth colon", `{"ArnLike":{"k":"arn:aws:iam::111122223333:role/ci/${aws:PrincipalTag/role}"}}`,
			context{"k": {"arn:aws:iam::111122223333:role/ci/pusher"}, "aws:PrincipalTag/role": {"pusher"}}, true},
	})
}
