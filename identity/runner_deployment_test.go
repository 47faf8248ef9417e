package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestRunnerDeploymentLeavesRoomForPodNames(t *testing.T) {
	testCheck(t, []checkCase[identity.RunnerDeployment]{
		{"the article's name", "runner-deployment", ""},
		{"one character", "r", ""},
		{"51 characters", identity.RunnerDeployment(strings.Repeat("r", 51)), ""},
		{"52 characters", identity.RunnerDeployment(strings.Repeat("r", 52)), `RunnerDeployment "` + strings.Repeat("r", 52) + `": want at most 51 characters, got 52`},
		{"empty", "", `RunnerDeployment is missing`},
		{"namespace in front", "runners/web", `RunnerDeployment "runners/web": want the name alone, "web", without "runners/"`},
		{"dot", "runner.web", `RunnerDeployment "runner.web": '.' at position 7 is not allowed; want lower-case letters, digits and -`},
		{"capital", "runnerWeb", `RunnerDeployment "runnerWeb": 'W' at position 7 is not allowed; want lower-case letters, digits and -`},
		{"hyphen first", "-runner", `RunnerDeployment "-runner": want a letter or digit at both ends`},
		{"hyphen last", "runner-", `RunnerDeployment "runner-": want a letter or digit at both ends`},
		{"second YAML document", "a\n---\nb", `RunnerDeployment "a\n---\nb": '\n' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"non-ASCII", "läufer", `RunnerDeployment "läufer": '\u00e4' at position 2 is not allowed; want lower-case letters, digits and -`},
	})
}
