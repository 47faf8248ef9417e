package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// kaniko reads a build of kaniko. Its cache is beside the first destination, if it is given no
// other place for it (kaniko, pkg/cache, Destination).
func (c *command) kaniko() {
	c.alone = true
	var pushed []value
	destinations, caches := c.flags("-d", "--destination"), c.flags("--cache-repo")
	if !c.hasAlways("--no-push") {
		pushed = destinations
	}
	switch {
	case !c.has("--cache"):
		caches = nil
	case len(caches) == 0 && len(destinations) > 0:
		caches = []value{destinations[0].each(func(t pieces) pieces { return untagged(t).and(textOf("/cache")) })}
	}
	c.logsInByKaniko(slices.Concat(pushed, caches))
	c.pushes(facts.Pushes, pushed...)
	c.pushes(facts.CachesTo, caches...)
}

// kanikoWithoutECR matches the images of kaniko whose login to Amazon ECR fails
// (https://github.com/GoogleContainerTools/kaniko/issues/2882, mended in v1.19.2).
var kanikoWithoutECR = regexp.MustCompile(`kaniko[\w./-]*:(v1\.19\.[01])\b`)

// logsInByKaniko looks whether kaniko can log in to the images' registries itself. A Docker configuration may hold a
// password for it.
func (c *command) logsInByKaniko(images []value) {
	ofECR := func(a alternative) bool { return isOfECR(a.string()) }
	broken := kanikoWithoutECR.FindStringSubmatch(c.image)
	if broken == nil || !slices.ContainsFunc(images, func(v value) bool { return slices.ContainsFunc(v, ofECR) }) {
		return
	}
	why := fmt.Sprintf("the login of kaniko %s to Amazon ECR fails", broken[1])
	written := slices.ContainsFunc(c.scripts["config.json"], func(a alternative) bool { return strings.Contains(a.string().filled(""), "auths") })
	folder, moved := c.seen().env.get("DOCKER_CONFIG")
	_, given := c.seen().env.get("DOCKER_AUTH_CONFIG")
	if c.mountsConfig || given || moved && !folder.empty() || written {
		c.doubt = why + ", and whether its Docker configuration has a password is not known"
		return
	}
	c.breaks(c.at, "pushes with kaniko "+broken[1]+", whose login to Amazon ECR fails (kaniko issue 2882)", "use v1.19.2 or newer")
}

// mountsKanikosConfig reports whether a container has a volume where kaniko looks for its Docker configuration.
func mountsKanikosConfig(mounts []facts.Mount) bool {
	return slices.ContainsFunc(mounts, func(m facts.Mount) bool {
		return m.Path.Unknown != "" || strings.HasPrefix("/kaniko/.docker/config.json/", strings.TrimRight(m.Path.Value, "/")+"/")
	})
}
