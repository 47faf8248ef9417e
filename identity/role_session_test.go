package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestRoleSessionNameIsOneThatSTSTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.RoleSessionName]{
		{"an SDK's name", "botocore-session-1700000000", ""},
		{"every sign that STS allows", "a+=,.@_-Z9", ""},
		{"2 characters", "ab", ""},
		{"1 character", "a", `role session name "a": want at least 2 characters`},
		{"64 characters", identity.RoleSessionName(strings.Repeat("s", 64)), ""},
		{"65 characters", identity.RoleSessionName(strings.Repeat("s", 65)), `role session name "` + strings.Repeat("s", 65) + `": want at most 64 characters, got 65`},
		{"empty", "", `role session name is missing`},
		{"slash", "a/b", `role session name "a/b": '/' at position 2 is not allowed; want letters, digits and +=,.@_-`},
		{"newline", "ab\n", `role session name "ab\n": '\n' at position 3 is not allowed; want letters, digits and +=,.@_-`},
	})
}

func TestRoleSessionHasNoPath(t *testing.T) {
	session := identity.RoleSession{Partition: "aws-cn", Account: "111122223333", Role: "pusher", Name: "job-1"}
	wantText(t, session.String(), "arn:aws-cn:sts::111122223333:assumed-role/pusher/job-1")
}

func TestRoleSessionReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.RoleSession]{
		{"every part right", identity.RoleSession{Partition: "aws", Account: "111122223333", Role: "pusher", Name: "job-1"}, ""},
		{"zero value", identity.RoleSession{}, `partition "": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"account", identity.RoleSession{Partition: "aws"}, `account is missing; want 12 digits`},
		{"role", identity.RoleSession{Partition: "aws", Account: "111122223333"}, `role name is missing`},
		{"name", identity.RoleSession{Partition: "aws", Account: "111122223333", Role: "pusher"}, `role session name is missing`},
	})
}

func TestParseRoleSessionReadsWhatStringWrites(t *testing.T) {
	testParse(t, identity.ParseRoleSession, identity.RoleSession.String, []parseCase[identity.RoleSession]{
		{"plain", "arn:aws:sts::111122223333:assumed-role/pusher/job-1", identity.RoleSession{Partition: "aws", Account: "111122223333", Role: "pusher", Name: "job-1"}, ""},
		{"GovCloud", "arn:aws-us-gov:sts::111122223333:assumed-role/pusher/i-0e5afb93460d609d2", identity.RoleSession{Partition: "aws-us-gov", Account: "111122223333", Role: "pusher", Name: "i-0e5afb93460d609d2"}, ""},
	})
}

func TestParseRoleSessionRejectsAnyOtherText(t *testing.T) {
	none := identity.RoleSession{}
	const form = `want arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/NAME`
	testParse(t, identity.ParseRoleSession, identity.RoleSession.String, []parseCase[identity.RoleSession]{
		{"empty", "", none, `role session ARN "": ` + form},
		{"role", "arn:aws:iam::111122223333:role/pusher", none, `role session ARN "arn:aws:iam::111122223333:role/pusher": ` + form},
		{"no name", "arn:aws:sts::111122223333:assumed-role/pusher", none, `role session ARN "arn:aws:sts::111122223333:assumed-role/pusher": ` + form},
		{"path", "arn:aws:sts::111122223333:assumed-role/ci/pusher/s1", none, `role session ARN "arn:aws:sts::111122223333:assumed-role/ci/pusher/s1": ` + form},
		{"federated user", "arn:aws:sts::111122223333:federated-user/a/bc", none, `role session ARN "arn:aws:sts::111122223333:federated-user/a/bc": ` + form},
		{"account", "arn:aws:sts::1:assumed-role/pusher/s1", none, `role session ARN "arn:aws:sts::1:assumed-role/pusher/s1": account "1": want 12 digits, got 1`},
	})
}
