package fleet

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Workflow is when a pool's workflow runs, under which conditions of GitHub's, and how it
// builds.
type Workflow struct {
	// Branches and Tags are patterns of those whose pushes run it
	// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
	// "Filter pattern cheat sheet"). Zero of both: the branch "main".
	Branches, Tags []string
	// Environment is the environment of the source repository that the job runs in, whose
	// rules may ask for an approval. Zero: none.
	Environment string

	// Platforms are the platforms of the image, such as "linux/arm64". Zero: the builder's
	// own. More than one needs BuildKit, which emulates those that its node is not.
	// Docker builds for what its node can run.
	Platforms []string
	// BuildArgs are arguments of the Dockerfile, by name. They are public.
	BuildArgs map[string]string
	// BuildSecrets are secrets of the source repository, its environment or its owner, by
	// the id by which the Dockerfile mounts each ("RUN --mount=type=secret,id=ID"). They are
	// in no layer of the image.
	BuildSecrets map[string]string
}

// AllBranches are Branches, or "main" if nothing is declared that would run the workflow.
func (w Workflow) AllBranches() []string {
	if len(w.Branches)+len(w.Tags) == 0 {
		return []string{"main"}
	}
	return w.Branches
}

func (w Workflow) check(p Pool, at place, problems *Problems) {
	w.checkBuild(p, at, problems)
	checkPatterns("branch", w.Branches, at.field("branches"), problems)
	checkPatterns("tag", w.Tags, at.field("tags"), problems)
	if w.Environment != "" {
		problems.add(at.field("environment"), checkEnvironment(w.Environment))
	}
}

func checkPatterns(noun string, patterns []string, at place, problems *Problems) {
	for i, pattern := range patterns {
		at := at.index(i)
		problems.add(at, checkPattern(noun, pattern))
		if slices.Contains(patterns[:i], pattern) {
			problems.add(at, fmt.Errorf("%s pattern %q is listed twice", noun, pattern))
		}
	}
	if len(patterns) > 0 && strings.HasPrefix(patterns[0], "!") {
		problems.add(at.index(0), fmt.Errorf("%s pattern %q takes out what no pattern before it has; want one without \"!\" first", noun, patterns[0]))
	}
}

// checkPattern reports what no name of a branch or tag has (git check-ref-format).
func checkPattern(noun, pattern string) error {
	switch {
	case pattern == "":
		return fmt.Errorf("%s pattern is missing", noun)
	case strings.HasPrefix(pattern, "refs/"):
		return fmt.Errorf("%s pattern %q: want the name alone, without \"refs/heads/\" or \"refs/tags/\"", noun, pattern)
	case strings.ContainsFunc(pattern, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) || strings.ContainsAny(pattern, `~^:`):
		return fmt.Errorf("%s pattern %q: no %s has blanks, control characters, ~, ^ or :", noun, pattern, noun)
	}
	return nil
}

// checkEnvironment reports a name that GitHub refuses, or would read as an expression.
func checkEnvironment(name string) error {
	if len(name) > 255 || strings.TrimSpace(name) != name || strings.ContainsFunc(name, unicode.IsControl) || strings.Contains(name, "${{") {
		return fmt.Errorf("environment %q: want up to 255 characters, without blanks around them, control characters and expressions", name)
	}
	return nil
}
