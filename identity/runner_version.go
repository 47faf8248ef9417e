package identity

import (
	"fmt"
	"regexp"
	"slices"
)

// runnerFloor is the oldest version of the runner that GitHub serves.
type runnerFloor struct {
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
	toRegister = runnerFloor{"2.329.0", "2026-09-25", "registers no runner older than"}
	// 2.337.0 was published by 2026-09-16.
	toGetJobs = runnerFloor{"2.337.0", "2026-10-16", "has no jobs for a runner that does not update itself (DISABLE_RUNNER_UPDATE) and is older than"}
)

// RunnerImage is a container image with GitHub's runner, as Kubernetes names it.
type RunnerImage string

// runnerImageVersion finds the runner's version in the tags that actions-runner-controller and
// GitHub give their images, and in those of images that follow the former.
var runnerImageVersion = regexp.MustCompile(`(?:\b(?:summerwind|actions)/actions-runner:v?(2\.\d+\.\d+)\b|:v(2\.\d+\.\d+)-ubuntu-\d)`)

// latestRunner is an image of either that is newer with each pull.
var latestRunner = regexp.MustCompile(`\b(?:summerwind|actions)/actions-runner(?::latest)?$`)

// Latest reports whether the image is whichever actions-runner-controller or GitHub published
// last when a node pulled it.
func (i RunnerImage) Latest() bool { return latestRunner.MatchString(string(i)) }

// CheckVersion reports a runner that GitHub refuses, by how old it is and by whether it gets a
// newer version itself before its first job. An image whose tag does not state the version is
// not looked at.
func (i RunnerImage) CheckVersion(updatesItself bool) error {
	found := runnerImageVersion.FindStringSubmatch(string(i))
	if found == nil {
		return nil
	}
	has := found[1] + found[2]
	oldest := toRegister
	if !olderThan(has, oldest.version) && !updatesItself {
		oldest = toGetJobs
	}
	if olderThan(has, oldest.version) {
		return fmt.Errorf("image %q: since %s, GitHub %s %s", string(i), oldest.since, oldest.what, oldest.version)
	}
	return nil
}

// olderThan compares two versions of three numbers.
func olderThan(version, other string) bool {
	var numbers, others [3]int
	fmt.Sscanf(version, "%d.%d.%d", &numbers[0], &numbers[1], &numbers[2])
	fmt.Sscanf(other, "%d.%d.%d", &others[0], &others[1], &others[2])
	return slices.Compare(numbers[:], others[:]) < 0
}

// EnvDisableRunnerUpdate keeps a runner from updating itself if it is "true"
// (actions-runner-controller, runner/startup.sh).
const EnvDisableRunnerUpdate = "DISABLE_RUNNER_UPDATE"
