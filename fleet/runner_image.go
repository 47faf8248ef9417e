package fleet

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/distribution/reference"
)

// RunnerImage is the container image of a runner, "NAME:TAG" or
// "NAME@sha256:DIGEST": summerwind/actions-runner, or one made from it. Its runner is
// user 1001, as in the images for Ubuntu 22.04 and 24.04.
type RunnerImage string

const exampleImage = `for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`

// Check reports an image that cannot be pulled, that can become another one from one
// day to the next, or that a RunnerDeployment of this project cannot run. What is in an
// image is known by its name and tag alone.
func (i RunnerImage) Check() error {
	const want = "want NAME:TAG or NAME@sha256:DIGEST, " + exampleImage
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
	if why := i.unfit(reference.Path(named)); why != "" {
		return fmt.Errorf("image %q: %s; want another, %s", i, why, exampleImage)
	}
	return nil
}

// ubuntu2004 is how the images for Ubuntu 20.04 are told from others, by the
// controller, too (actions-runner-controller, runner_controller.go).
var ubuntu2004 = regexp.MustCompile(`(?:^|[^0-9.])20\.04(?:[^0-9]|$)`)

// unfit says why the image, with a name of that path, is not for the Pods of a
// RunnerDeployment with a Docker sidecar; "" if it may be.
func (i RunnerImage) unfit(name string) string {
	switch {
	case strings.HasSuffix("/"+name, "/actions/actions-runner"):
		return "it is made for scale sets, and does not register itself, as the runner of a RunnerDeployment has to"
	case strings.HasPrefix(path.Base(name), "actions-runner-dind"):
		return "it runs Docker itself, beside the Docker sidecar that the pool has"
	case ubuntu2004.MatchString(string(i)):
		return "the runner in images of Ubuntu 20.04 is user 1000, and the token is for group 1001"
	}
	return ""
}
