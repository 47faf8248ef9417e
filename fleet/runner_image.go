package fleet

import (
	"fmt"

	"github.com/distribution/reference"
)

// RunnerImage is the container image of a runner, "NAME:TAG" or
// "NAME@sha256:DIGEST". Its runner is user 1001, as in the images for Ubuntu 22.04
// and 24.04.
type RunnerImage string

// Check reports an image that cannot be pulled, or that can become another one
// from one day to the next.
func (i RunnerImage) Check() error {
	const want = `want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`
	if i == "" {
		return fmt.Errorf("image is missing; %s", want)
	}
	named, err := reference.ParseNormalizedNamed(string(i))
	if err != nil {
		return fmt.Errorf("image %q: %w; %s", i, err, want)
	}
	if tagged, ok := reference.TagNameOnly(named).(reference.Tagged); ok && tagged.Tag() == "latest" {
		return fmt.Errorf("image %q: it can change from one day to the next; %s", i, want)
	}
	return nil
}
