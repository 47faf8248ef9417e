package fleet

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// checkBuild reports what the pool's builder cannot build.
func (w Workflow) checkBuild(p Pool, at place, problems *Problems) {
	if p.Builder.Script != "" && len(w.Platforms)+len(w.BuildArgs)+len(w.BuildSecrets) > 0 {
		problems.add(at, errors.New("platforms, buildArgs and buildSecrets are for a Dockerfile, and the pool's script builds without; leave them out"))
	}
	if p.UsesDocker() && len(w.Platforms) > 1 {
		problems.add(at.field("platforms"), fmt.Errorf("%d platforms: the Docker sidecar builds for one; want one, or rootlessBuildKit or sharedBuildKit as builder", len(w.Platforms)))
	}
	for i, platform := range w.Platforms {
		problems.add(at.field("platforms").index(i), checkPlatform(platform))
		if slices.Contains(w.Platforms[:i], platform) {
			problems.add(at.field("platforms").index(i), fmt.Errorf("platform %q is listed twice", platform))
		}
	}
	checkPairs(w.BuildArgs, at.field("buildArgs"), problems, checkBuildArg)
	checkPairs(w.BuildSecrets, at.field("buildSecrets"), problems, checkBuildSecret)
}

var (
	// platform is OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT, as Docker writes it.
	platform = regexp.MustCompile(`^linux/[a-z0-9]+(/v[0-9]+)?$`)
	// secretID is what "--secret" takes for an id without quotes.
	secretID = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
)

func checkPlatform(text string) error {
	if !platform.MatchString(text) {
		return fmt.Errorf("platform %q: want for example \"linux/amd64\" or \"linux/arm64\"", text)
	}
	return nil
}

func checkBuildArg(name, value string) error {
	switch {
	case !envName.MatchString(name):
		return fmt.Errorf("build argument %q: want a letter or underscore, then letters, digits and underscores", name)
	case !envValue.MatchString(value) || strings.ContainsAny(value, "\n\t"):
		return fmt.Errorf("build argument %q: want one line of UTF-8 without control characters", name)
	case strings.Contains(value, "${{"):
		return fmt.Errorf("build argument %q: %q is an expression of GitHub, whose value bash would read as code; want the value", name, value)
	}
	return checkPublic("build argument", name, value)
}

// checkBuildSecret reports what GitHub has no secret of (GitHub Docs, "Secrets reference"),
// and keys for AWS, of which the runner needs none.
func checkBuildSecret(id, name string) error {
	upper := strings.ToUpper(name)
	switch {
	case !secretID.MatchString(id):
		return fmt.Errorf("id of a secret %q: want letters, digits and ._-", id)
	case !envName.MatchString(name) || strings.HasPrefix(upper, "GITHUB_"):
		return fmt.Errorf("secret %q: want letters, digits and underscores, not beginning with a digit or GITHUB_, which is the name of a secret on GitHub", name)
	case strings.HasPrefix(upper, "AWS_"):
		return fmt.Errorf("secret %q: the runner has a role, and builds see no key for AWS; leave it out", name)
	}
	return nil
}
