package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestOrganizationIsALogin(t *testing.T) {
	testCheck(t, []checkCase[identity.Organization]{
		{"letters, digits and hyphen", "Octo-Org2", ""},
		{"underscore of managed users", "mona_octo", ""},
		{"one character", "o", ""},
		{"39 characters", identity.Organization(strings.Repeat("o", 39)), ""},
		{"40 characters", identity.Organization(strings.Repeat("o", 40)), `organization "` + strings.Repeat("o", 40) + `": want at most 39 characters, got 40`},
		{"address", "https://github.com/octo-org", `organization "https://github.com/octo-org": want the name alone, "octo-org", without "https://github.com/"`},
		{"address of a page", "github.com/orgs/octo-org/people", `organization "github.com/orgs/octo-org/people": want the name alone, "octo-org", without "github.com/orgs/" and "/people"`},
		{"empty", "", `organization is missing`},
		{"hyphen first", "-octo", `organization "-octo": want a letter or digit at both ends`},
		{"hyphen last", "octo-", `organization "octo-": want a letter or digit at both ends`},
		{"source repository", "octo/app", `organization "octo/app": '/' at position 5 is not allowed; want letters, digits, - and _`},
		{"dot", "octo.org", `organization "octo.org": '.' at position 5 is not allowed; want letters, digits, - and _`},
		{"blank", "octo org", `organization "octo org": ' ' at position 5 is not allowed; want letters, digits, - and _`},
		{"at sign", "@octo", `organization "@octo": '@' at position 1 is not allowed; want letters, digits, - and _`},
		{"second YAML document", "octo\n---\nb", `organization "octo\n---\nb": '\n' at position 5 is not allowed; want letters, digits, - and _`},
		{"Cyrillic o", "\u043ecto", "organization \"\u043ecto\": '\\u043e' at position 1 is not allowed; want letters, digits, - and _"},
	})
}
