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

// checkPlatforms reports pools of one source repository that build for different platforms and push
// to one image repository: the tag is the commit, and a tag has one image.
func (f Fleet) checkPlatforms(at places, problems *Problems) {
	first := map[string]int{}
	for i, p := range f.Pools {
		if p.Scope.SourceRepository == "" || len(p.Workflow.Platforms) == 0 {
			continue
		}
		for _, id := range ids(p.PushesTo) {
			key := p.Scope.owner() + " " + strings.ToLower(string(p.Scope.SourceRepository)) + " " + id.String()
			other, known := first[key]
			if !known {
				first[key] = i
			} else if p.Workflow.differs(f.Pools[other].Workflow) {
				problems.add(at.pools[i].field("workflow").field("platforms"), fmt.Errorf("%s pushes the same tags to image repository %q for %s, and the second run finds its tag there; want one pool for all platforms, with BuildKit, or another image repository",
					at.pools[other], id, quoted(f.Pools[other].Workflow.Platforms)))
			}
		}
	}
}

// differs reports whether two workflows build for different platforms, in any order.
func (w Workflow) differs(other Workflow) bool {
	return !slices.Equal(slices.Sorted(slices.Values(w.Platforms)), slices.Sorted(slices.Values(other.Platforms)))
}

var (
	// platform is OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT, as Docker writes it.
	platform = regexp.MustCompile(`^linux/[a-z0-9]+(/v[0-9]+)?$`)
	// secretID matches the ids that "--secret" takes without quotes.
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
