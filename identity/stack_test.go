package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestStackNameIsOneThatCloudFormationTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.StackName]{
		{"letters, digits and hyphen", "Keyless-runners-2", ""},
		{"one letter", "k", ""},
		{"hyphen last", "keyless-", ""},
		{"128 characters", identity.StackName(strings.Repeat("k", 128)), ""},
		{"129 characters", identity.StackName(strings.Repeat("k", 129)), `stack name "` + strings.Repeat("k", 129) + `": want at most 128 characters, got 129`},
		{"id", "arn:aws:cloudformation:us-east-1:111122223333:stack/runners/0a1b2c3d-0000", `stack name "arn:aws:cloudformation:us-east-1:111122223333:stack/runners/0a1b2c3d-0000": want the name alone, "runners", without "arn:aws:cloudformation:us-east-1:111122223333:stack/" and "/0a1b2c3d-0000"`},
		{"empty", "", `stack name is missing`},
		{"digit first", "2-keyless", `stack name "2-keyless": want a letter at the beginning`},
		{"hyphen first", "-keyless", `stack name "-keyless": want a letter at the beginning`},
		{"underscore", "keyless_runners", `stack name "keyless_runners": '_' at position 8 is not allowed; want letters, digits and -`},
		{"dot", "keyless.runners", `stack name "keyless.runners": '.' at position 8 is not allowed; want letters, digits and -`},
		{"second YAML document", "a\n---\nb", `stack name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits and -`},
		{"non-ASCII", "läufer", `stack name "läufer": '\u00e4' at position 2 is not allowed; want letters, digits and -`},
	})
}
