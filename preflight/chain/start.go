package chain

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// start says by which words of its command a container of an image starts a runner that the
// controller has given its registration.
type start struct {
	image    string
	scaleSet bool
	words    []string
	// itself reports that the image does without a command, and other that it is for the other
	// generation of runners.
	itself, other bool
}

// starts are the start commands of the published images (images/Dockerfile of actions/runner, and
// runner/*.dockerfile and runner/startup.sh of actions-runner-controller).
var starts = []start{
	{image: identity.ImageScaleSetRunner, scaleSet: true, words: []string{"run.sh", "Runner.Listener"}},
	{image: identity.ImageScaleSetRunner, words: []string{"config.sh"}, other: true},
	{image: identity.ImageLegacyRunner, scaleSet: true, words: []string{"/runnertmp"}, other: true},
	{image: identity.ImageLegacyRunner, words: []string{"entrypoint", "startup.sh", "config.sh"}, itself: true},
}

// registration is the variable in which a runner of a scale set has its registration.
const registration = "ACTIONS_RUNNER_INPUT_JITCONFIG"

// askStart finds whether the container in which jobs run starts a runner.
func (c *Chains) askStart(r *Runner) {
	i := slices.IndexFunc(r.Containers, func(c facts.Container) bool {
		return !c.Init && (!r.ScaleSet || c.Name.MayBe(identity.ContainerRunner))
	})
	if i < 0 {
		return
	}
	container := &r.Containers[i]
	if name := linuxImage(r.Workload); r.Windows.There && name.There {
		r.add(Broken, r.Windows.Place, OtherSystem{r.Quoted(), name.Value})
	} else if r.Windows.There {
		r.add(Unknown, r.Windows.Place, StartUnknown{container.Name, r.Quoted(), "what runs on nodes of Windows is not looked at"})
	}
	registered := r.ScaleSet || slices.ContainsFunc(container.Env, func(v facts.EnvVar) bool { return v.Name == registration })
	for _, start := range starts {
		if start.image == imageName(container.Image) && start.scaleSet == registered {
			c.asks(start, r, container)
		}
	}
}

// StartsNone reports whether the Pods of the runner at a place start none.
func (c *Chains) StartsNone(at source.Place) bool {
	return slices.ContainsFunc(c.Runners, func(r *Runner) bool {
		return r.Place == at && slices.ContainsFunc(r.Causes, func(cause Cause) bool {
			_, none := cause.Reason.(StartsNoRunner)
			return none
		})
	})
}

func (c *Chains) asks(s start, r *Runner, of *facts.Container) {
	words := slices.Concat(of.Command, of.Args)
	runs := facts.Text{Place: of.Place}
	for i, word := range words {
		file := kubernetes.FileAt(facts.Pod{Volumes: r.Volumes, Containers: r.Containers}, of, word.Value)
		script, _ := c.keyIn(r.Workload, file.Keys)
		switch {
		case s.in(script.Value):
			return
		case file.Mount != nil:
			runs.Unknown = fmt.Sprintf("%q is not looked into", word.Value)
		case word.Unknown != "" || s.in(word):
			return
		case slices.ContainsFunc(words[:i], isShell), i == 0 && strings.Contains(word.Value, "/") && !path.IsAbs(word.Value):
			runs.Unknown = fmt.Sprintf("%q is not looked into", word.Value)
		case i == 0:
			runs.Value, runs.There, runs.Place = word.Value, true, word.Place
		}
	}
	switch {
	case runs.Unknown != "":
		r.add(Unknown, words[0].Place, StartUnknown{of.Name, r.Quoted(), runs.Unknown})
	case runs.There || !s.itself:
		r.add(Broken, runs.Place, StartsNoRunner{of.Name, of.Image, runs, r.Quoted(), s.other, r.ScaleSet})
	}
}

// in reports whether a script, or a word of a command, has a word that starts a runner outside of comments.
func (s start) in(script facts.Text) bool {
	for line := range strings.Lines(script.Value) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && slices.ContainsFunc(s.words, func(word string) bool { return strings.Contains(line, word) }) {
			return true
		}
	}
	return false
}

func isShell(word facts.Text) bool {
	return slices.Contains([]string{"sh", "bash"}, path.Base(word.Value))
}

// linuxImage is the first image of a workload that there is for Linux alone; not there: none is
// known to be.
func linuxImage(w *facts.Workload) facts.Text {
	for _, container := range w.Containers {
		if name := imageName(container.Image); name == "docker" || name == identity.ImageScaleSetRunner || strings.HasPrefix(name, identity.ImageLegacyRunner) {
			return container.Image
		}
	}
	return facts.Text{}
}

// imageName is the name of an image without its tag and digest.
func imageName(image facts.Text) string {
	name, _, _ := strings.Cut(image.Value, "@")
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		name = name[:colon]
	}
	return name
}

// IsPublished reports whether an image is the plain one of either generation of runners, which has
// no template of anyone's and no Docker daemon.
func IsPublished(image facts.Text) bool {
	return slices.Contains([]string{identity.ImageScaleSetRunner, identity.ImageLegacyRunner}, imageName(image))
}

// IsGitHubs reports whether an image is GitHub's runner, which has no entry point.
func IsGitHubs(image facts.Text) bool { return imageName(image) == identity.ImageScaleSetRunner }

// Reasons why the Pods have no runner.
type (
	// StartsNoRunner means that a container of a published image ends, or does something else. Runs
	// is its program; not there: it has no command. Other reports that the image is for the other
	// generation of runners.
	StartsNoRunner struct {
		Container, Image, Runs facts.Text
		Of                     string
		Other, ScaleSet        bool
	}
	// StartUnknown means that whether a container starts a runner is not known.
	StartUnknown struct {
		Container facts.Text
		Of, Why   string
	}
	// OtherSystem means that the Pods are for nodes on which an image does not run.
	OtherSystem struct{ Of, Image string }
)

func (s StartsNoRunner) Text() string {
	switch {
	case s.Other && s.ScaleSet:
		return fmt.Sprintf("image %q of container %q registers legacy runners alone, and ends in the Pods of %s", s.Image, s.Container, s.Of)
	case s.Other:
		return fmt.Sprintf("image %q of container %q is for scale sets, and registers no runner for %s", s.Image, s.Container, s.Of)
	case !s.Runs.There:
		return fmt.Sprintf("container %q of %s has no command, and image %q starts no runner without one", s.Container, s.Of, s.Image)
	}
	return fmt.Sprintf("container %q of %s runs %q, which starts no runner", s.Container, s.Of, s.Runs)
}
func (s StartUnknown) Text() string {
	return fmt.Sprintf("whether container %q of %s starts a runner is not known: %s", s.Container, s.Of, s.Why)
}
func (o OtherSystem) Text() string {
	return fmt.Sprintf("the Pods of %s are for nodes of Windows, and there is image %q for Linux alone", o.Of, o.Image)
}
