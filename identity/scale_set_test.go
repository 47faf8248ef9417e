package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestScaleSetLeavesRoomForItsListener(t *testing.T) {
	testCheck(t, []checkCase[identity.ScaleSet]{
		{"a name", "push-web", ""},
		{"one character", "r", ""},
		{"45 characters", identity.ScaleSet(strings.Repeat("r", 45)), ""},
		{"46 characters", identity.ScaleSet(strings.Repeat("r", 46)), `scale set "` + strings.Repeat("r", 46) + `": want at most 45 characters, got 46`},
		{"empty", "", `scale set is missing`},
		{"namespace in front", "runners/web", `scale set "runners/web": want the name alone, "web", without "runners/"`},
		{"dot", "runner.web", `scale set "runner.web": '.' at position 7 is not allowed; want lower-case letters, digits and -`},
		{"capital", "runnerWeb", `scale set "runnerWeb": 'W' at position 7 is not allowed; want lower-case letters, digits and -`},
		{"hyphen first", "-runner", `scale set "-runner": want a letter or digit at both ends`},
		{"hyphen last", "runner-", `scale set "runner-": want a letter or digit at both ends`},
		{"second YAML document", "a\n---\nb", `scale set "a\n---\nb": '\n' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"non-ASCII", "läufer", `scale set "läufer": '\u00e4' at position 2 is not allowed; want lower-case letters, digits and -`},
	})
}
