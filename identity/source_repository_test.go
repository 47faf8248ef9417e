package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestSourceRepositoryIsOwnerAndName(t *testing.T) {
	testCheck(t, []checkCase[identity.SourceRepository]{
		{"letters", "octo/app", ""},
		{"every sign", "Octo-Org_2/.my_App-2.0", ""},
		{"39 and 100 characters", identity.SourceRepository(strings.Repeat("o", 39) + "/" + strings.Repeat("n", 100)), ""},
		{"owner of 40 characters", identity.SourceRepository(strings.Repeat("o", 40) + "/app"), `source repository owner "` + strings.Repeat("o", 40) + `": want at most 39 characters, got 40`},
		{"name of 101 characters", identity.SourceRepository("octo/" + strings.Repeat("n", 101)), `source repository name "` + strings.Repeat("n", 101) + `": want at most 100 characters, got 101`},
		{"empty", "", `source repository is missing; want "owner/name"`},
		{"no slash", "app", `source repository "app": want "owner/name"`},
		{"no name", "octo/", `source repository "octo/": want "owner/name"`},
		{"no owner", "/app", `source repository "/app": want "owner/name"`},
		{"slash only", "/", `source repository "/": want "owner/name"`},
		{".git alone", "octo/.git", `source repository "octo/.git": GitHub has no repository named ".git"; want "owner/name"`},
		{"third part", "octo/app/tree", `source repository "octo/app/tree": want "owner/name"`},
		{"hyphen at the owner's end", "octo-/app", `source repository owner "octo-": want a letter or digit at both ends`},
		{"dot in the owner", "octo.org/app", `source repository owner "octo.org": '.' at position 5 is not allowed; want letters, digits, - and _`},
		{"blank in the name", "octo/my app", `source repository name "my app": ' ' at position 3 is not allowed; want letters, digits and ._-`},
		{"wildcard", "octo/*", `source repository name "*": '*' at position 1 is not allowed; want letters, digits and ._-`},
		{"this folder", "octo/.", `source repository "octo/.": GitHub has no repository named "."; want "owner/name"`},
		{"the folder above", "octo/..", `source repository "octo/..": GitHub has no repository named ".."; want "owner/name"`},
		{"second YAML document", "octo/a\n---\nb", `source repository name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits and ._-`},
		{"non-ASCII", "octo/größe", `source repository name "größe": '\u00f6' at position 3 is not allowed; want letters, digits and ._-`},
		{"Cyrillic o", "\u043ecto/app", "source repository owner \"\u043ecto\": '\\u043e' at position 1 is not allowed; want letters, digits, - and _"},
		{"slash that is none", "octo\u2215app", "source repository \"octo\u2215app\": want \"owner/name\""},
	})
}

func TestSourceRepositorySuggestsWhatWasMeant(t *testing.T) {
	testCheck(t, []checkCase[identity.SourceRepository]{
		{"URL", "https://github.com/octo/app", `source repository "https://github.com/octo/app": want "owner/name"; did you mean "octo/app"?`},
		{"URL of www", "https://www.github.com/octo/app/", `source repository "https://www.github.com/octo/app/": want "owner/name"; did you mean "octo/app"?`},
		{"clone URL", "https://github.com/octo/app.git", `source repository "https://github.com/octo/app.git": want "owner/name"; did you mean "octo/app"?`},
		{"SSH", "git@github.com:octo/app.git", `source repository "git@github.com:octo/app.git": GitHub has no repository named "app.git"; want "owner/name"; did you mean "octo/app"?`},
		{"SSH URL", "ssh://git@github.com/octo/app.git", `source repository "ssh://git@github.com/octo/app.git": want "owner/name"; did you mean "octo/app"?`},
		{"host in front", "github.com/octo/app", `source repository "github.com/octo/app": want "owner/name"; did you mean "octo/app"?`},
		{".git at the end", "octo/app.git", `source repository "octo/app.git": GitHub has no repository named "app.git"; want "owner/name"; did you mean "octo/app"?`},
		{".GIT at the end", "octo/app.GIT", `source repository "octo/app.GIT": GitHub has no repository named "app.GIT"; want "owner/name"; did you mean "octo/app"?`},
		{"clone URL in another case", "https://github.com/octo/app.Git", `source repository "https://github.com/octo/app.Git": want "owner/name"; did you mean "octo/app"?`},
		{"slash at the end", "octo/app/", `source repository "octo/app/": want "owner/name"; did you mean "octo/app"?`},
		{"slash in front", "/octo/app", `source repository "/octo/app": want "owner/name"; did you mean "octo/app"?`},
		{"newline at the end", "octo/app\n", `source repository name "app\n": '\n' at position 4 is not allowed; want letters, digits and ._-; did you mean "octo/app"?`},
	})
}

func TestSourceRepositoryNamesItsOwner(t *testing.T) {
	wantText(t, string(identity.SourceRepository("octo/app").Owner()), "octo")
}
