package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestServiceAccountIsADNSSubdomain(t *testing.T) {
	testCheck(t, []checkCase[identity.ServiceAccount]{
		{"the article's name", "self-hosted-runner-service-account", ""},
		{"parts joined by dots", "ecr.pusher-2.eu", ""},
		{"one character", "a", ""},
		{"253 characters", identity.ServiceAccount(strings.Repeat("a", 253)), ""},
		{"254 characters", identity.ServiceAccount(strings.Repeat("a", 254)), `ServiceAccount "` + strings.Repeat("a", 254) + `": want at most 253 characters, got 254`},
		{"empty", "", `ServiceAccount is missing`},
		{"underscore", "ecr_pusher", `ServiceAccount "ecr_pusher": '_' at position 4 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"capital", "ecrPusher", `ServiceAccount "ecrPusher": 'P' at position 4 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"colon, which would split the subject", "a:b", `ServiceAccount "a:b": ':' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"wildcard", "runner-*", `ServiceAccount "runner-*": '*' at position 8 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"namespace in front", "runners/build", `ServiceAccount "runners/build": want the name alone, "build", without "runners/"`},
		{"slash before what is no name", "a/B", `ServiceAccount "a/B": want the name alone, without "a/"`},
		{"subject of a token", "system:serviceaccount:runners:build", `ServiceAccount "system:serviceaccount:runners:build": want the name alone, "build", without "system:serviceaccount:runners:"`},
		{"ARN of a role", "arn:aws:iam::111122223333:role/ci", `ServiceAccount "arn:aws:iam::111122223333:role/ci": it is an ARN; want lower-case letters, digits and -, in parts joined by dots`},
		{"dot first", ".a", `ServiceAccount ".a": want a letter or digit at both ends of each part`},
		{"dot last", "a.", `ServiceAccount "a.": want a letter or digit at both ends of each part`},
		{"two dots", "a..b", `ServiceAccount "a..b": want a letter or digit at both ends of each part`},
		{"hyphen first", "-a", `ServiceAccount "-a": want a letter or digit at both ends of each part`},
		{"hyphen last", "a-", `ServiceAccount "a-": want a letter or digit at both ends of each part`},
		{"hyphen before a dot", "a-.b", `ServiceAccount "a-.b": want a letter or digit at both ends of each part`},
		{"hyphen after a dot", "a.-b", `ServiceAccount "a.-b": want a letter or digit at both ends of each part`},
		{"second YAML document", "a\n---\nb", `ServiceAccount "a\n---\nb": '\n' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"tab", "a\tb", `ServiceAccount "a\tb": '\t' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"non-ASCII", "dépôt", `ServiceAccount "dépôt": '\u00e9' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"Cyrillic o", "p\u043ed", "ServiceAccount \"p\u043ed\": '\\u043e' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots"},
	})
}
