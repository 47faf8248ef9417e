package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestNamespaceIsADNSLabel(t *testing.T) {
	testCheck(t, []checkCase[identity.Namespace]{
		{"letters, digits and hyphen", "actions-runners-2", ""},
		{"one character", "a", ""},
		{"digits only", "42", ""},
		{"63 characters", identity.Namespace(strings.Repeat("a", 63)), ""},
		{"64 characters", identity.Namespace(strings.Repeat("a", 64)), `namespace "` + strings.Repeat("a", 64) + `": want at most 63 characters, got 64`},
		{"63 characters of two bytes", identity.Namespace(strings.Repeat("é", 63)), `namespace "` + strings.Repeat("é", 63) + `": '\u00e9' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"64 characters of two bytes", identity.Namespace(strings.Repeat("é", 64)), `namespace "` + strings.Repeat("é", 64) + `": want at most 63 characters, got 64`},
		{"whole ARN", "arn:aws:eks:us-east-1:111122223333:cluster/prod", `namespace "arn:aws:eks:us-east-1:111122223333:cluster/prod": it is an ARN; want lower-case letters, digits and -`},
		{"empty", "", `namespace is missing`},
		{"underscore", "a_b", `namespace "a_b": '_' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"capital", "Runners", `namespace "Runners": 'R' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"dot", "a.b", `namespace "a.b": '.' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"colon, which would split the subject", "a:b", `namespace "a:b": ':' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"wildcard", "*", `namespace "*": '*' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"blank around", " runners", `namespace " runners": ' ' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"hyphen first", "-a", `namespace "-a": want a letter or digit at both ends`},
		{"hyphen last", "a-", `namespace "a-": want a letter or digit at both ends`},
		{"hyphen only", "-", `namespace "-": want a letter or digit at both ends`},
		{"second YAML document", "a\n---\nb", `namespace "a\n---\nb": '\n' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"carriage return", "a\r", `namespace "a\r": '\r' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"NUL", "a\x00b", `namespace "a\x00b": '\x00' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"invalid UTF-8", "a\xffb", `namespace "a\xffb": '\ufffd' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"accent", "équipe", `namespace "équipe": '\u00e9' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"Cyrillic a", "n\u0430mespace", "namespace \"n\u0430mespace\": '\\u0430' at position 2 is not allowed; want lower-case letters, digits and -"},
		{"emoji", "a🚀", `namespace "a🚀": '\U0001f680' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"invisible character", "runners\u200b", `namespace "runners\u200b": '\u200b' at position 8 is not allowed; want lower-case letters, digits and -`},
	})
}
