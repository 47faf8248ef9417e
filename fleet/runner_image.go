package fleet

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/distribution/reference"
)

// RunnerImage is the container image of a runner, "NAME:TAG" or
// "NAME@sha256:DIGEST": summerwind/actions-runner for a RunnerDeployment,
// ghcr.io/actions/actions-runner for a scale set, or one made from it. Its runner is
// user 1001, as in the images for Ubuntu 22.04 and 24.04.
type RunnerImage string

// exampleImage is one that the pool's kind of runner can be.
func (p Pool) exampleImage() string {
	if p.ScaleSet != nil {
		return `for example "ghcr.io/actions/actions-runner:2.337.0"`
	}
	return `for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`
}

// checkImage reports an image that cannot be pulled, that can become another one from one
// day to the next, or that the pool's kind of runner cannot be. What is in an image is
// known by its name and tag alone.
func (p Pool) checkImage() error {
	i, want := p.Image, "want NAME:TAG or NAME@sha256:DIGEST, "+p.exampleImage()
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
	if why := p.unfit(reference.Path(named)); why != "" {
		return fmt.Errorf("image %q: %s; want another, %s", i, why, p.exampleImage())
	}
	return nil
}

// ubuntu2004 is how the images for Ubuntu 20.04 are told from others, by the
// controller, too (actions-runner-controller, runner_controller.go).
var ubuntu2004 = regexp.MustCompile(`(?:^|[^0-9.])20\.04(?:[^0-9]|$)`)

// unfit says why the pool's image, with a name of that path, is not for its Pods; "" if it
// may be.
func (p Pool) unfit(name string) string {
	switch {
	case p.ScaleSet == nil && strings.HasSuffix("/"+name, "/actions/actions-runner"):
		return "it is made for scale sets, and does not register itself, as the runner of a RunnerDeployment has to"
	case p.ScaleSet != nil && (strings.HasSuffix("/"+name, "/summerwind/actions-runner") || strings.HasSuffix("/"+name, "/actions-runner-controller/actions-runner")):
		return "it is made for RunnerDeployments, and does not have /home/runner/run.sh, which a scale set's runner is started by"
	case strings.HasPrefix(path.Base(name), "actions-runner-dind"):
		return "it runs Docker itself, beside the Docker sidecar that the pool has"
	case ubuntu2004.MatchString(string(p.Image)):
		return "the runner in images of Ubuntu 20.04 is user 1000, and the token is for group 1001"
	}
	return ""
}
