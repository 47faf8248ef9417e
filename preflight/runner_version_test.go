package preflight_test

import (
	"slices"
	"strings"
	"testing"
)

// A runner that updates itself is served from the lowest version that registers, one that does
// not only as long as it is new enough to get jobs.
func TestRunnerVersions(t *testing.T) {
	const image = ownImage
	of := func(name string) edit { return edit{"runner.yaml", image, "      image: " + name + "\n"} }
	pinned := edit{"runner.yaml", "      env:\n", "      env:\n      - {name: DISABLE_RUNNER_UPDATE, value: \"true\"}\n"}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"too old to register", []edit{of("summerwind/actions-runner:v2.328.0-ubuntu-22.04")}, []string{"KR166"}},
		{"old, and updates itself", []edit{of("summerwind/actions-runner:v2.329.0-ubuntu-22.04")}, nil},
		{"old, and does not", []edit{of("summerwind/actions-runner:v2.329.0-ubuntu-22.04"), pinned}, []string{"KR166"}},
		{"new, and does not", []edit{pinned}, nil},
		{"latest", []edit{of("summerwind/actions-runner:latest")}, []string{"KR167"}},
		{"no version that is known", []edit{of("ghcr.io/octo-org/runner:7")}, nil},
		{"none, so the controller's flag decides", []edit{{"runner.yaml", image, ""}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, output := ids(t, test.edits, nil)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, output)
			}
		})
	}
}

// What the tag latest comes to depends on when the image is pulled.
func TestWhenTheLatestRunnerIsPulled(t *testing.T) {
	for policy, want := range map[string]string{
		"":                                      "each Pod has the one that is newest when it starts",
		"      imagePullPolicy: Always\n":       "each Pod has the one that is newest when it starts",
		"      imagePullPolicy: IfNotPresent\n": "which one runs depends on when a node pulled it",
		"      containers: [{name: runner, imagePullPolicy: Never}]\n": "which one runs depends on when a node pulled it",
	} {
		t.Run(policy, func(t *testing.T) {
			_, output := ids(t, []edit{{"runner.yaml", ownImage, "      image: summerwind/actions-runner:latest\n" + policy}}, nil)
			if !strings.Contains(output, want) {
				t.Errorf("want %q\n%s", want, output)
			}
		})
	}
}
