package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestRoleNameIsOneThatIAMTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.RoleName]{
		{"the article's name", "self_hosted_runner_role", ""},
		{"every sign that IAM allows", "a+=,.@_-Z9", ""},
		{"one character", "r", ""},
		{"64 characters", identity.RoleName(strings.Repeat("r", 64)), ""},
		{"65 characters", identity.RoleName(strings.Repeat("r", 65)), `role name "` + strings.Repeat("r", 65) + `": want at most 64 characters, got 65`},
		{"empty", "", `role name is missing`},
		{"blank", "my role", `role name "my role": ' ' at position 3 is not allowed; want letters, digits and +=,.@_-`},
		{"slash", "ci/pusher", `role name "ci/pusher": '/' at position 3 is not allowed; want letters, digits and +=,.@_-`},
		{"colon", "ci:pusher", `role name "ci:pusher": ':' at position 3 is not allowed; want letters, digits and +=,.@_-`},
		{"wildcard", "ci-*", `role name "ci-*": '*' at position 4 is not allowed; want letters, digits and +=,.@_-`},
		{"whole ARN", "arn:aws:iam::111122223333:role/ci", `role name "arn:aws:iam::111122223333:role/ci": want the name alone, "ci", without "arn:aws:iam::111122223333:role/"`},
		{"whole ARN with a path", "arn:aws-cn:iam::111122223333:role/ci/eu/pusher", `role name "arn:aws-cn:iam::111122223333:role/ci/eu/pusher": want the name alone, "pusher", without "arn:aws-cn:iam::111122223333:role/ci/eu/"; its path is "/ci/eu/"`},
		{"whole ARN without a name", "arn:aws:iam::111122223333:role/", `role name "arn:aws:iam::111122223333:role/": want the name alone, without "arn:aws:iam::111122223333:role/"`},
		{"ARN of a user", "arn:aws:iam::111122223333:user/ci", `role name "arn:aws:iam::111122223333:user/ci": it is an ARN; want letters, digits and +=,.@_-`},
		{"ARN of a session", "arn:aws:sts::111122223333:assumed-role/ci/x", `role name "arn:aws:sts::111122223333:assumed-role/ci/x": it is an ARN; want letters, digits and +=,.@_-`},
		{"second YAML document", "a\n---\nb", `role name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"NUL", "a\x00", `role name "a\x00": '\x00' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"invalid UTF-8", "r\xff", `role name "r\xff": '\ufffd' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"non-ASCII", "rôle", `role name "rôle": '\u00f4' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"Cyrillic o", "r\u043ele", "role name \"r\u043ele\": '\\u043e' at position 2 is not allowed; want letters, digits and +=,.@_-"},
		{"invisible character", "role\u200b", `role name "role\u200b": '\u200b' at position 5 is not allowed; want letters, digits and +=,.@_-`},
	})
}

func TestRolePathIsOneThatTheWebhookReads(t *testing.T) {
	testCheck(t, []checkCase[identity.RolePath]{
		{"root", "/", ""},
		{"one part", "/ci/", ""},
		{"several parts", "/ci/runners/eu.1/", ""},
		{"512 characters", identity.RolePath("/" + strings.Repeat("p", 510) + "/"), ""},
		{"513 characters", identity.RolePath("/" + strings.Repeat("p", 511) + "/"), `role path "/` + strings.Repeat("p", 511) + `/": want at most 512 characters, got 513`},
		{"empty", "", `role path "": want "/" or "/.../"`},
		{"no slashes", "ci", `role path "ci": want "/" or "/.../"`},
		{"slash only in front", "/ci", `role path "/ci": want "/" or "/.../"`},
		{"slash only at the end", "ci/", `role path "ci/": want "/" or "/.../"`},
		{"two slashes", "//", `role path "//": "//" is an empty part; want "/" or "/.../"`},
		{"two slashes inside", "/ci//eu/", `role path "/ci//eu/": "//" is an empty part; want "/" or "/.../"`},
		{"sign that IAM takes and the webhook does not", "/ci!/", `role path "/ci!/": '!' at position 4 is not allowed; want letters, digits and +=,.@_- between slashes`},
		{"wildcard", "/*/", `role path "/*/": '*' at position 2 is not allowed; want letters, digits and +=,.@_- between slashes`},
		{"blank", "/a b/", `role path "/a b/": ' ' at position 3 is not allowed; want letters, digits and +=,.@_- between slashes`},
		{"second YAML document", "/a\n---\nb/", `role path "/a\n---\nb/": '\n' at position 3 is not allowed; want letters, digits and +=,.@_- between slashes`},
		{"newline at the end", "/ci/\n", `role path "/ci/\n": want "/" or "/.../"`},
		{"non-ASCII", "/équipe/", `role path "/équipe/": '\u00e9' at position 2 is not allowed; want letters, digits and +=,.@_- between slashes`},
		{"slash that is none", "\u2215ci\u2215", "role path \"\u2215ci\u2215\": want \"/\" or \"/.../\""},
	})
}

func TestRoleARNHasThePathInIt(t *testing.T) {
	for _, c := range []struct {
		arn  identity.RoleARN
		want string
	}{
		{identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "pusher"}, "arn:aws:iam::111122223333:role/pusher"},
		{identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/ci/eu/", Name: "pusher"}, "arn:aws:iam::111122223333:role/ci/eu/pusher"},
		{identity.RoleARN{Partition: "aws-cn", Account: "111122223333", Path: "/", Name: "pusher"}, "arn:aws-cn:iam::111122223333:role/pusher"},
		{identity.RoleARN{Partition: "aws-cn", Account: "111122223333", Path: "/ci/", Name: "pusher"}, "arn:aws-cn:iam::111122223333:role/ci/pusher"},
		{identity.RoleARN{Partition: "aws-us-gov", Account: "111122223333", Path: "/", Name: "pusher"}, "arn:aws-us-gov:iam::111122223333:role/pusher"},
		{identity.RoleARN{Partition: "aws-us-gov", Account: "111122223333", Path: "/ci/", Name: "pusher"}, "arn:aws-us-gov:iam::111122223333:role/ci/pusher"},
	} {
		wantText(t, c.arn.String(), c.want)
	}
}

func TestRoleARNReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.RoleARN]{
		{"every part right", identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/ci/", Name: "pusher"}, ""},
		{"zero value", identity.RoleARN{}, `partition "": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"account", identity.RoleARN{Partition: "aws", Path: "ci", Name: ""}, `account is missing; want 12 digits`},
		{"path", identity.RoleARN{Partition: "aws", Account: "111122223333", Name: ""}, `role path "": want "/" or "/.../"`},
		{"name", identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/"}, `role name is missing`},
	})
}

func TestParseRoleARNReadsWhatStringWrites(t *testing.T) {
	testParse(t, identity.ParseRoleARN, identity.RoleARN.String, []parseCase[identity.RoleARN]{
		{"without path", "arn:aws:iam::111122223333:role/pusher", identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "pusher"}, ""},
		{"with path", "arn:aws:iam::111122223333:role/ci/eu/pusher", identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/ci/eu/", Name: "pusher"}, ""},
		{"every sign", "arn:aws:iam::111122223333:role/a+=,.@_-/b+=,.@_-", identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/a+=,.@_-/", Name: "b+=,.@_-"}, ""},
		{"China", "arn:aws-cn:iam::111122223333:role/ci/pusher", identity.RoleARN{Partition: "aws-cn", Account: "111122223333", Path: "/ci/", Name: "pusher"}, ""},
		{"GovCloud", "arn:aws-us-gov:iam::111122223333:role/pusher", identity.RoleARN{Partition: "aws-us-gov", Account: "111122223333", Path: "/", Name: "pusher"}, ""},
	})
}

func TestParseRoleARNRejectsAnyOtherText(t *testing.T) {
	none := identity.RoleARN{}
	testParse(t, identity.ParseRoleARN, identity.RoleARN.String, []parseCase[identity.RoleARN]{
		{"empty", "", none, `role ARN "": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"name alone", "pusher", none, `role ARN "pusher": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"user", "arn:aws:iam::111122223333:user/pusher", none, `role ARN "arn:aws:iam::111122223333:user/pusher": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"other service", "arn:aws:sts::111122223333:role/pusher", none, `role ARN "arn:aws:sts::111122223333:role/pusher": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"session", "arn:aws:sts::111122223333:assumed-role/pusher/s", none, `role ARN "arn:aws:sts::111122223333:assumed-role/pusher/s": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"region", "arn:aws:iam:us-east-1:111122223333:role/pusher", none, `role ARN "arn:aws:iam:us-east-1:111122223333:role/pusher": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"one colon too few", "arn:aws:iam:111122223333:role/pusher", none, `role ARN "arn:aws:iam:111122223333:role/pusher": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"colon in the name", "arn:aws:iam::111122223333:role/a:b", none, `role ARN "arn:aws:iam::111122223333:role/a:b": want arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`},
		{"partition", "arn:amazon:iam::111122223333:role/pusher", none, `role ARN "arn:amazon:iam::111122223333:role/pusher": partition "amazon": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"placeholder of the article", "arn:aws:iam::YOUR_ACCOUNT_ID:role/pusher", none, `role ARN "arn:aws:iam::YOUR_ACCOUNT_ID:role/pusher": account "YOUR_ACCOUNT_ID": 'Y' at position 1 is not allowed; want 12 digits`},
		{"short account", "arn:aws:iam::12345678901:role/pusher", none, `role ARN "arn:aws:iam::12345678901:role/pusher": account "12345678901": want 12 digits, got 11`},
		{"no name", "arn:aws:iam::111122223333:role/", none, `role ARN "arn:aws:iam::111122223333:role/": role name is missing`},
		{"no name after the path", "arn:aws:iam::111122223333:role/ci/", none, `role ARN "arn:aws:iam::111122223333:role/ci/": role name is missing`},
		{"empty part in the path", "arn:aws:iam::111122223333:role//pusher", none, `role ARN "arn:aws:iam::111122223333:role//pusher": role path "//": "//" is an empty part; want "/" or "/.../"`},
		{"blank at the end", "arn:aws:iam::111122223333:role/pusher ", none, `role ARN "arn:aws:iam::111122223333:role/pusher ": role name "pusher ": ' ' at position 7 is not allowed; want letters, digits and +=,.@_-`},
		{"second YAML document", "arn:aws:iam::111122223333:role/a\n---\nb", none, `role ARN "arn:aws:iam::111122223333:role/a\n---\nb": role name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits and +=,.@_-`},
	})
}
