package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestPolicyPathIsOneThatIAMTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.PolicyPath]{
		{"root", "/", ""},
		{"several parts", "/ci/eu.1/", ""},
		{"every sign", "/!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~/", ""},
		{"512 characters", identity.PolicyPath("/" + strings.Repeat("p", 510) + "/"), ""},
		{"513 characters", identity.PolicyPath("/" + strings.Repeat("p", 511) + "/"), `policy path "/` + strings.Repeat("p", 511) + `/": want at most 512 characters, got 513`},
		{"empty", "", `policy path "": want "/" or "/.../"`},
		{"slash only in front", "/ci", `policy path "/ci": want "/" or "/.../"`},
		{"slash only at the end", "ci/", `policy path "ci/": want "/" or "/.../"`},
		{"blank", "/a b/", `policy path "/a b/": ' ' at position 3 is not allowed; want characters of ASCII that print, without blanks`},
		{"non-ASCII", "/équipe/", `policy path "/équipe/": '\u00e9' at position 2 is not allowed; want characters of ASCII that print, without blanks`},
	})
}

func TestManagedPolicyARNHasThePathInIt(t *testing.T) {
	testParse(t, identity.ParseManagedPolicyARN, identity.ManagedPolicyARN.String, []parseCase[identity.ManagedPolicyARN]{
		{"without path", "arn:aws:iam::111122223333:policy/push", identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "push"}, ""},
		{"with path", "arn:aws-cn:iam::111122223333:policy/ci/eu/push", identity.ManagedPolicyARN{Partition: "aws-cn", Account: "111122223333", Path: "/ci/eu/", Name: "push"}, ""},
		{"colon in the path", "arn:aws-us-gov:iam::111122223333:policy/a:b/push", identity.ManagedPolicyARN{Partition: "aws-us-gov", Account: "111122223333", Path: "/a:b/", Name: "push"}, ""},
	})
}

func TestAttachedPolicyARNMayBeOfAWS(t *testing.T) {
	testParse(t, identity.ParseAttachedPolicyARN, identity.ManagedPolicyARN.String, []parseCase[identity.ManagedPolicyARN]{
		{"AWS's own", "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess", identity.ManagedPolicyARN{Partition: "aws-cn", Account: "aws", Path: "/job-function/", Name: "ViewOnlyAccess"}, ""},
		{"a customer's", "arn:aws:iam::111122223333:policy/push", identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "push"}, ""},
	})
	if _, err := identity.ParseAttachedPolicyARN("arn:aws:iam::aws:role/push"); err == nil {
		t.Error("a role is read as a policy")
	}
}

func TestParseManagedPolicyARNRejectsAnyOtherText(t *testing.T) {
	none := identity.ManagedPolicyARN{}
	testParse(t, identity.ParseManagedPolicyARN, identity.ManagedPolicyARN.String, []parseCase[identity.ManagedPolicyARN]{
		{"empty", "", none, `policy ARN "": want arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME`},
		{"role", "arn:aws:iam::111122223333:role/push", none, `policy ARN "arn:aws:iam::111122223333:role/push": want arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME`},
		{"region", "arn:aws:iam:us-east-1:111122223333:policy/push", none, `policy ARN "arn:aws:iam:us-east-1:111122223333:policy/push": want arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME`},
		{"other service", "arn:aws:iot::111122223333:policy/push", none, `policy ARN "arn:aws:iot::111122223333:policy/push": want arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME`},
		{"partition", "arn:amazon:iam::111122223333:policy/push", none, `policy ARN "arn:amazon:iam::111122223333:policy/push": partition "amazon": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"AWS's own policy", "arn:aws:iam::aws:policy/ReadOnlyAccess", none, `policy ARN "arn:aws:iam::aws:policy/ReadOnlyAccess": account "aws": 'a' at position 1 is not allowed; want 12 digits`},
		{"blank in the path", "arn:aws:iam::111122223333:policy/a b/push", none, `policy ARN "arn:aws:iam::111122223333:policy/a b/push": policy path "/a b/": ' ' at position 3 is not allowed; want characters of ASCII that print, without blanks`},
		{"no name", "arn:aws:iam::111122223333:policy/", none, `policy ARN "arn:aws:iam::111122223333:policy/": policy name is missing`},
		{"colon in the name", "arn:aws:iam::111122223333:policy/push:x", none, `policy ARN "arn:aws:iam::111122223333:policy/push:x": policy name "push:x": ':' at position 5 is not allowed; want letters, digits and +=,.@_-`},
	})
}

func TestManagedPolicyARNReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.ManagedPolicyARN]{
		{"every part right", identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/ci/", Name: "push"}, ""},
		{"zero value", identity.ManagedPolicyARN{}, `partition "": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"account", identity.ManagedPolicyARN{Partition: "aws", Path: "ci"}, `account is missing; want 12 digits`},
		{"path", identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333"}, `policy path "": want "/" or "/.../"`},
		{"name", identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/"}, `policy name is missing`},
	})
}
