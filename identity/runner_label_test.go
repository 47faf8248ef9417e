package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestRunnerLabelIsOneLabel(t *testing.T) {
	testCheck(t, []checkCase[identity.RunnerLabel]{
		{"the constant", identity.RunnerLabelSelfHosted, ""},
		{"letters, digits and signs", "Ubuntu-24.04_x64", ""},
		{"one character", "x", ""},
		{"63 characters", identity.RunnerLabel(strings.Repeat("x", 63)), ""},
		{"64 characters", identity.RunnerLabel(strings.Repeat("x", 64)), `runner label "` + strings.Repeat("x", 64) + `": want at most 63 characters, got 64`},
		{"empty", "", `runner label is missing`},
		{"comma", "a,b", `runner label "a,b": a comma would make two labels of it; write them as two`},
		{"blank in front", " a", `runner label " a": want no blanks around it`},
		{"blank at the end", "a ", `runner label "a ": want no blanks around it`},
		{"blank inside", "a b", `runner label "a b": ' ' at position 2 is not allowed; want letters, digits and ._-`},
		{"slash", "a/b", `runner label "a/b": '/' at position 2 is not allowed; want letters, digits and ._-`},
		{"dot first", ".a", `runner label ".a": want a letter or digit at both ends`},
		{"hyphen last", "a-", `runner label "a-": want a letter or digit at both ends`},
		{"underscore last", "a_", `runner label "a_": want a letter or digit at both ends`},
		{"second YAML document", "a\n---\nb", `runner label "a\n---\nb": '\n' at position 2 does not print`},
		{"NUL", "a\x00b", `runner label "a\x00b": '\x00' at position 2 does not print`},
		{"NEL", "a\u0085b", `runner label "a\u0085b": '\u0085' at position 2 does not print`},
		{"line separator", "a\u2028b", `runner label "a\u2028b": '\u2028' at position 2 does not print`},
		{"right-to-left override", "a\u202eb", `runner label "a\u202eb": '\u202e' at position 2 does not print`},
		{"invisible character", "a\u200bb", `runner label "a\u200bb": '\u200b' at position 2 does not print`},
		{"invalid UTF-8", "a\xffb", `runner label "a\xffb": '\ufffd' at position 2 does not print`},
		{"NUL after a character of two bytes", "ä\x00", `runner label "ä\x00": '\x00' at position 2 does not print`},
		{"non-ASCII", "größe", `runner label "größe": '\u00f6' at position 3 is not allowed; want letters, digits and ._-`},
		{"full-width comma", "a，b", `runner label "a，b": '\uff0c' at position 2 is not allowed; want letters, digits and ._-`},
	})
}

func TestRunnerLabelsAreEqualWithoutRegardToCase(t *testing.T) {
	for _, c := range []struct {
		a, b identity.RunnerLabel
		want bool
	}{
		{"linux", "linux", true},
		{"Linux", "LINUX", true},
		{"self-hosted", "Self-Hosted", true},
		{"linux", "linux2", false},
		{"self-hosted", "self_hosted", false},
	} {
		if got := c.a.Equal(c.b); got != c.want {
			t.Errorf("%q equal to %q: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestLabelsOfGitHubsOwnRunners(t *testing.T) {
	for label, want := range map[identity.RunnerLabel]bool{
		"ubuntu-latest": true, "Ubuntu-Latest": true, "ubuntu-slim": true, "ubuntu-26.04": true, "ubuntu-24.04": true, "ubuntu-22.04": true, "ubuntu-20.04": true,
		"ubuntu-24.04-arm": true, "ubuntu-22.04-arm": true, "ubuntu-latest-4-cores": true, "ubuntu-latest-16-cores": true, "ubuntu-22.04-16core": true,
		"windows-latest": true, "WINDOWS-2025": true, "windows-2025-vs2026": true, "windows-2022": true, "windows-11-arm": true, "windows-11-vs2026-arm": true, "windows-latest-8-cores": true,
		"macos-latest": true, "macOS-15": true, "macos-26": true, "macos-15-intel": true, "macos-14-large": true, "macos-15-xlarge": true, "macos-latest-xlarge": true, "macos-13-xl": true,
		"xcode-27": true, "xcode-27-xlarge": true,

		"ubuntu": false, "ubuntu-build": false, "ubuntu-24.04-eks": false, "ubuntu-24.04_x64": false, "my-ubuntu-latest": false, "ubuntu-latest-": false,
		"push-ubuntu-24.04": false, "windows": false, "linux": false, "self-hosted": false, "": false,
	} {
		if got := label.Hosted(); got != want {
			t.Errorf("%q: got hosted %v, want %v", label, got, want)
		}
	}
}

func TestLabelsOfOtherSystems(t *testing.T) {
	for label, want := range map[identity.RunnerLabel]bool{"Windows": true, "macOS": true, "linux": false, "windows-build": false} {
		if got := label.OtherSystem(); got != want {
			t.Errorf("%q: got other system %v, want %v", label, got, want)
		}
	}
}

func TestRunnerLabelSelfHostedIsWrittenAsGitHubHasIt(t *testing.T) {
	wantText(t, string(identity.RunnerLabelSelfHosted), "self-hosted")
}
