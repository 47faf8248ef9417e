package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestRunnerGroupIsPlainText(t *testing.T) {
	testCheck(t, []checkCase[identity.RunnerGroup]{
		{"one word", "default", ""},
		{"blanks inside", "Image builders (EU)", ""},
		{"non-ASCII letters, which GitHub shows", "Läufer 東京", ""},
		{"empty", "", `runner group is missing`},
		{"blank only", " ", `runner group " ": want no blanks around it`},
		{"blank in front", " builders", `runner group " builders": want no blanks around it`},
		{"blank at the end", "builders ", `runner group "builders ": want no blanks around it`},
		{"non-breaking blank at the end", "builders\u00a0", `runner group "builders\u00a0": want no blanks around it`},
		{"newline at the end", "builders\n", `runner group "builders\n": want no blanks around it`},
		{"second YAML document", "a\n---\nb", `runner group "a\n---\nb": '\n' at position 2 does not print`},
		{"tab", "a\tb", `runner group "a\tb": '\t' at position 2 does not print`},
		{"NUL", "a\x00", `runner group "a\x00": '\x00' at position 2 does not print`},
		{"escape", "\x1b[31mred", `runner group "\x1b[31mred": '\x1b' at position 1 does not print`},
		{"invalid UTF-8", "a\xffb", `runner group "a\xffb": '\ufffd' at position 2 does not print`},
		{"NEL", "a\u0085b", `runner group "a\u0085b": '\u0085' at position 2 does not print`},
		{"line separator", "a\u2028b", `runner group "a\u2028b": '\u2028' at position 2 does not print`},
		{"right-to-left override", "a\u202eb", `runner group "a\u202eb": '\u202e' at position 2 does not print`},
		{"invisible character", "a\u200bb", `runner group "a\u200bb": '\u200b' at position 2 does not print`},
		{"replacement character", "a\ufffdb", "runner group \"a\ufffdb\": '\\ufffd' at position 2 does not print"},
		{"non-breaking blank inside", "a\u00a0b", `runner group "a\u00a0b": '\u00a0' at position 2 does not print`},
		{"NEL at the end", "a\u0085", `runner group "a\u0085": want no blanks around it`},
		{"NUL after characters of several bytes", "Läufer 東京\x00", `runner group "Läufer 東京\x00": '\x00' at position 10 does not print`},
		{"DEL", "a\x7fb", `runner group "a\x7fb": '\x7f' at position 2 does not print`},
	})
}
