package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestEnterpriseIsASlug(t *testing.T) {
	testCheck(t, []checkCase[identity.Enterprise]{
		{"letters, digits and hyphen", "Octo-Corp2", ""},
		{"one character", "o", ""},
		{"empty", "", `enterprise is missing`},
		{"hyphen first", "-octo", `enterprise "-octo": want a letter or digit at both ends`},
		{"hyphen last", "octo-", `enterprise "octo-": want a letter or digit at both ends`},
		{"underscore", "octo_corp", `enterprise "octo_corp": '_' at position 5 is not allowed; want letters, digits and -`},
		{"slash, which ARC refuses", "octo/corp", `enterprise "octo/corp": '/' at position 5 is not allowed; want letters, digits and -`},
		{"URL", "https://github.com/enterprises/octo", `enterprise "https://github.com/enterprises/octo": want the name alone, "octo", without "https://github.com/enterprises/"`},
		{"display name", "Octo Corp", `enterprise "Octo Corp": ' ' at position 5 is not allowed; want letters, digits and -`},
		{"second YAML document", "octo\n---\nb", `enterprise "octo\n---\nb": '\n' at position 5 is not allowed; want letters, digits and -`},
		{"Cyrillic o", "\u043ecto", "enterprise \"\u043ecto\": '\\u043e' at position 1 is not allowed; want letters, digits and -"},
	})
}
