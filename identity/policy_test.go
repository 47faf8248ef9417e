package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestPolicyNameIsOneThatIAMTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.PolicyName]{
		{"the article's name", "self_hosted_runner_policy", ""},
		{"every sign that IAM allows", "a+=,.@_-Z9", ""},
		{"one character", "p", ""},
		{"128 characters", identity.PolicyName(strings.Repeat("p", 128)), ""},
		{"129 characters", identity.PolicyName(strings.Repeat("p", 129)), `policy name "` + strings.Repeat("p", 129) + `": want at most 128 characters, got 129`},
		{"whole ARN", "arn:aws:iam::111122223333:policy/ci/push", `policy name "arn:aws:iam::111122223333:policy/ci/push": want the name alone, "push", without "arn:aws:iam::111122223333:policy/ci/"`},
		{"ARN of a role", "arn:aws:iam::111122223333:role/ci", `policy name "arn:aws:iam::111122223333:role/ci": it is an ARN; want letters, digits and +=,.@_-`},
		{"empty", "", `policy name is missing`},
		{"blank", "push images", `policy name "push images": ' ' at position 5 is not allowed; want letters, digits and +=,.@_-`},
		{"slash", "team/push", `policy name "team/push": '/' at position 5 is not allowed; want letters, digits and +=,.@_-`},
		{"colon", "a:b", `policy name "a:b": ':' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"second YAML document", "a\n---\nb", `policy name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"non-ASCII", "préfixe", `policy name "préfixe": '\u00e9' at position 3 is not allowed; want letters, digits and +=,.@_-`},
	})
}
