package identity

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// RunnerLabel is a label by which jobs choose a runner: 1 to 63 letters, digits
// and ._-, beginning and ending with a letter or digit. GitHub ignores case in
// it.
type RunnerLabel string

// RunnerLabelSelfHosted is the label that GitHub gives to every runner that it
// does not host itself.
const RunnerLabelSelfHosted RunnerLabel = "self-hosted"

// CheckRegistered reports a label that ARC or the runner registers as something else, or not at all.
// A comma is the usual one: ARC joins the labels with commas, so "a,b" becomes two
// (actions-runner-controller, runner_controller.go). GitHub has labels of 256 characters, such as
// "os:linux" and "amazon linux 2" (actions/runner, Validators.cs; actions/runner#4124).
func (l RunnerLabel) CheckRegistered() error {
	const kind = "runner label"
	if strings.Contains(string(l), ",") {
		return fmt.Errorf("%s %q: a comma would make two labels of it; write them as two", kind, l)
	}
	return firstError(checkLength(kind, string(l), 256), checkPlain(kind, string(l)))
}

// Check also reports a label that a reader of YAML, or a label of Kubernetes, takes for something else.
func (l RunnerLabel) Check() error {
	const kind = "runner label"
	if err := firstError(
		l.CheckRegistered(),
		checkLength(kind, string(l), 63),
		checkAlphabet(kind, string(l), alphanumeric+"._-", "letters, digits and ._-"),
		checkNoNumber(kind, string(l)),
	); err != nil {
		return err
	}
	if strings.Trim(string(l), "._-") != string(l) {
		return fmt.Errorf("%s %q: want a letter or digit at both ends", kind, l)
	}
	return nil
}

// Implied reports whether GitHub's runner adds the label itself, from where it runs,
// so that it distinguishes no runners
// (https://docs.github.com/en/actions/reference/runners/self-hosted-runners).
func (l RunnerLabel) Implied() bool {
	return slices.ContainsFunc([]RunnerLabel{RunnerLabelSelfHosted, "linux", "x64", "arm", "arm64"}, l.Equal)
}

// hosted are the labels of GitHub's own runners, also the larger ones that need no name:
// a system, its version, and what sets the machine apart
// (https://docs.github.com/en/actions/reference/runners/github-hosted-runners and
// .../larger-runners; actions/runner-images, README).
var hosted = regexp.MustCompile(`^(?i:(?:ubuntu|windows|macos|xcode)-(?:latest|slim|\d+(?:\.\d+)?)(?:-(?:vs\d+|arm|intel|xl|large|xlarge|\d+-?cores?))*)$`)

// Hosted reports whether the label is one of runners that GitHub hosts, such as
// "ubuntu-latest" or "macos-15-xlarge". Jobs for those would come to a self-hosted
// runner with that label.
func (l RunnerLabel) Hosted() bool {
	return hosted.MatchString(string(l))
}

// OtherSystem reports whether the label is one that GitHub's runner adds on another system
// than Linux.
func (l RunnerLabel) OtherSystem() bool {
	return l.Equal("windows") || l.Equal("macos")
}

// Equal reports whether GitHub takes the two for one label.
func (l RunnerLabel) Equal(other RunnerLabel) bool {
	return strings.EqualFold(string(l), string(other))
}
