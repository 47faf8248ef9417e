package fleet

import (
	"fmt"
	"regexp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/version"
)

// floor is the oldest version of the runner that GitHub serves.
type floor struct {
	version string
	// since is the day from which GitHub serves no older one.
	since string
	// what is refused to older ones.
	what string
}

// What GitHub asks of a runner's version
// (https://github.blog/changelog/2026-06-12-github-actions-minimum-version-enforcement-timeline-for-self-hosted-runners/):
// a lowest version to register, and to get jobs, each release within 30 days. The
// second holds for runners that do not update themselves, which is what
// DISABLE_RUNNER_UPDATE makes of them. A later table refuses more, and never less.
var (
	toRegister = floor{"2.329.0", "2026-09-25", "registers no runner older than"}
	// 2.337.0 was published by 2026-09-16.
	toGetJobs = floor{"2.337.0", "2026-10-16", "has no jobs for a runner that does not update itself (DISABLE_RUNNER_UPDATE) and is older than"}
)

// runnerVersion finds the runner's version in the tags that actions-runner-controller and
// GitHub give their images, and in those of images that follow the former.
var runnerVersion = regexp.MustCompile(`(?:\b(?:summerwind|actions)/actions-runner:v?(2\.\d+\.\d+)\b|:v(2\.\d+\.\d+)-ubuntu-\d)`)

// checkRunnerVersion reports a runner that GitHub refuses. An image whose tag does not say
// the version is not looked at.
func (p Pool) checkRunnerVersion() error {
	found := runnerVersion.FindStringSubmatch(string(p.Image))
	if found == nil {
		return nil
	}
	has := version.MustParseGeneric(found[1] + found[2])
	oldest := toRegister
	if !has.LessThan(version.MustParseGeneric(oldest.version)) && !p.updatesItself() {
		oldest = toGetJobs
	}
	if has.LessThan(version.MustParseGeneric(oldest.version)) {
		return fmt.Errorf("image %q: since %s, GitHub %s %s; want a newer one, %s", p.Image, oldest.since, oldest.what, oldest.version, p.exampleImage())
	}
	return nil
}

// updatesItself reports whether a runner that is too old gets a newer one first. Those of
// scale sets are forbidden to by their controller (autoscalingrunnerset_controller.go,
// RunnerSetting).
func (p Pool) updatesItself() bool {
	return p.ScaleSet == nil && !slices.Contains(p.Env, corev1.EnvVar{Name: "DISABLE_RUNNER_UPDATE", Value: "true"})
}
