package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestRunnersThatGitHubRefuses(t *testing.T) {
	const (
		register = "since 2026-09-25, GitHub registers no runner older than 2.329.0"
		jobs     = "since 2026-10-16, GitHub has no jobs for a runner that does not update itself (DISABLE_RUNNER_UPDATE) and is older than 2.337.0"
	)
	for _, test := range []struct {
		image         identity.RunnerImage
		updatesItself bool
		want          string
	}{
		{"ghcr.io/actions/actions-runner:2.328.0", true, register},
		{"ghcr.io/actions/actions-runner:2.99.9", false, register},
		{"ghcr.io/actions/actions-runner:2.329.0", true, ""},
		{"ghcr.io/actions/actions-runner:2.329.0", false, jobs},
		{"ghcr.io/actions/actions-runner:2.336.10", false, jobs},
		{"ghcr.io/actions/actions-runner:2.337.0", false, ""},
		{"ghcr.io/actions/actions-runner:2.1000.0", false, ""},
		{"summerwind/actions-runner:v2.328.0-ubuntu-22.04", true, register},
		{"111122223333.dkr.ecr.us-east-1.amazonaws.com/actions/actions-runner:v2.300.2", true, register},
		{"ghcr.io/actions/actions-runner:latest", false, ""},
		{"ghcr.io/octo-org/shop:2.1.0", false, ""},
	} {
		got := ""
		if err := test.image.CheckVersion(test.updatesItself); err != nil {
			got = err.Error()
		}
		if test.want != "" {
			test.want = `image "` + string(test.image) + `": ` + test.want
		}
		if got != test.want {
			t.Errorf("%s, updates itself %t: got %q, want %q", test.image, test.updatesItself, got, test.want)
		}
	}
}

func TestRunnersOfTheLatestVersion(t *testing.T) {
	for image, want := range map[identity.RunnerImage]bool{
		"summerwind/actions-runner":                      true,
		"summerwind/actions-runner:latest":               true,
		"ghcr.io/actions/actions-runner:latest":          true,
		"ghcr.io/actions/actions-runner:2.337.0":         false,
		"ghcr.io/actions/actions-runner@sha256:0a0b0c0d": false,
		"ghcr.io/octo-org/runner:latest":                 false,
	} {
		if got := image.Latest(); got != want {
			t.Errorf("%s: got %t, want %t", image, got, want)
		}
	}
}
