package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestPoolNameIsADNSLabel(t *testing.T) {
	testCheck(t, []checkCase[identity.PoolName]{
		{"letters, digits and hyphen", "web-2", ""},
		{"one character", "w", ""},
		{"63 characters", identity.PoolName(strings.Repeat("a", 63)), ""},
		{"64 characters", identity.PoolName(strings.Repeat("a", 64)), `pool name "` + strings.Repeat("a", 64) + `": want at most 63 characters, got 64`},
		{"empty", "", `pool name is missing`},
		{"capital", "Web", `pool name "Web": 'W' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"slash, which would leave the folder", "../web", `pool name "../web": '.' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"hyphen first", "-web", `pool name "-web": want a letter or digit at both ends`},
		{"hyphen last", "web-", `pool name "web-": want a letter or digit at both ends`},
		{"second YAML document", "a\n---\nb", `pool name "a\n---\nb": '\n' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"non-ASCII", "größe", `pool name "größe": '\u00f6' at position 3 is not allowed; want lower-case letters, digits and -`},
	})
}
