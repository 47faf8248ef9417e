package github

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// namesOnly are the commands of Docker that bring no image to the runner but by a name that is read.
var namesOnly = []string{
	"build", "images", "info", "inspect", "login", "logout", "manifest", "ps", "pull", "push", "rmi", "save", "tag", "version",
	"builder build", "builder prune", "buildx b", "buildx build", "buildx create", "buildx imagetools", "buildx inspect", "buildx ls", "buildx rm", "buildx use",
	"container prune", "image build", "image inspect", "image ls", "image prune", "image push", "image remove", "image rm", "image save", "image tag", "system df", "system prune",
}

// bringsImages reports whether a command may bring images under names that are not read.
func (c *command) bringsImages(operands []int) bool {
	one, two := c.first(operands)
	switch {
	case one == "tag":
		return len(operands) != 3
	case one == "pull":
		return len(operands) != 2
	case one == "image" && two == "tag":
		return len(operands) != 4
	case one == "manifest": // podman pushes one as an image
		return path.Base(c.word(0)) != "docker"
	}
	return !slices.Contains(namesOnly, one) && !slices.Contains(namesOnly, one+" "+two)
}

// leaves notes where a build leaves its image: a builder that a step made puts it beside Docker's only if it is told to
// (https://docs.docker.com/build/builders/drivers/docker-container/#loading-to-local-image-store).
func (a *action) leaves() {
	pushed, loaded := a.given("push"), a.given("load")
	push, pushKnown := pushed.literal()
	load, loadKnown := loaded.literal()
	apart := a.buildsApart(a.scope) && loadKnown && load != "true"
	kept := apart && pushKnown && (push == "" || push == "false")
	if a.input("outputs") != nil || !a.given("builder").empty() {
		a.made, a.job.got = true, true
		return
	}
	a.made = a.made || !kept // if only for the registry
	for _, line := range a.lines("tags") {
		for _, of := range a.alternatives(line) {
			for _, name := range of.string().split(",\n") {
				switch {
				case kept:
					a.job.cached = append(a.cached, name)
				case !apart:
					a.names(value{of.as(name)})
				}
			}
		}
	}
}

// tags gives an image names on the runner.
func (c *command) tags(names value) {
	c.job.made = true
	c.names(names)
}

// names notes names that images have on the runner, in some runs at least.
func (j *job) names(names value) {
	if len(j.tagged) < maxAlternatives {
		j.tagged = append(j.tagged, names...)
	}
}

// renames reads a command that gives an image another name.
func (c *command) renames(of, names value) {
	if c.lacks(of) {
		c.fails("gives a name to an image that no step before it makes, pulls or names so: Docker has no such image", "write the name that docker build --tag gives the image")
	}
	c.tags(names)
}

// saves reads a command that writes images to a file.
func (c *command) saves(operands []int) {
	for _, at := range operands {
		if c.lacks(c.words[at]) {
			c.fails("saves an image under a name that no step before it gives one: Docker has none of that name", "write the name that docker build --tag gives the image")
		}
	}
}

// lacks reports whether no image on the runner has one of the names, as far as the job is concerned.
func (c *command) lacks(names value) bool {
	names = names.each(func(t pieces) pieces { t, _ = t.cutPrefix("docker://"); return t })
	if c.brought || c.got || !c.knowsOfImages() || len(c.tagged) == maxAlternatives || !c.endsJob() || !c.dockersOwnStore() || !c.step.spend(len(names)*len(c.tagged)) {
		return false
	}
	return !slices.ContainsFunc(names, func(a alternative) bool {
		return mayBeID(a.string()) || slices.ContainsFunc(c.tagged, func(other alternative) bool { return withTag(a.string()).mayBe(withTag(other.string())) })
	})
}

// imageID matches the id of an image, or the beginning of one.
var imageID = regexp.MustCompile(`^(sha256:)?[0-9a-f]+$`)

// mayBeID reports whether the name of an image may be its id.
func mayBeID(name pieces) bool {
	text, known := name.known()
	return known && imageID.MatchString(text) || !name.has(kindKnown)
}

// knowsOfImages reports whether the workflow shows where its images come from: a job that pushes and neither builds nor
// needs one that does is a part of something.
func (j *job) knowsOfImages() bool {
	if !j.looked {
		j.looked, j.plans = true, slices.ContainsFunc(j.node.Get("steps").Elements(), func(step *source.Node) bool {
			return aBuild.MatchString(step.Word("uses")) || aBuild.MatchString(step.Word("run"))
		})
	}
	return j.plans || j.makes() || j.removed || j.needsBuild()
}

// aBuild matches what builds an image.
var aBuild = regexp.MustCompile(`\b(docker|podman|nerdctl|buildah|buildx) (build|bud)\b|docker/build-push-action`)

// makes reports whether the job makes images, here or in the cache of a builder.
func (j *job) makes() bool { return j.made || len(j.tagged)+len(j.cached) > 0 }

// needsBuild reports whether a job that this one needs makes images.
func (j *job) needsBuild() bool {
	return slices.ContainsFunc(j.scope.needed, func(name string) bool { return j.building[strings.ToLower(name)] })
}

// dockersOwnStore reports whether the command certainly uses the images of the runner's own Docker.
func (c *command) dockersOwnStore() bool {
	s := c.seen()
	return !c.builds && len(c.flags("-H", "--host", "--context", "-c", "--connection", "--root", "--url")) == 0 && !slices.ContainsFunc([]string{"DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST"}, func(name string) bool {
		_, set := s.env.get(name)
		return set
	})
}

// notThere looks for a push of an image that is not on the runner: the first operand is its name there.
func (c *command) notThere(operands []int) {
	switch {
	case len(operands) > 1 && path.Base(c.word(0)) == "docker":
		c.breaks(c.at, "gives docker push several names, and it accepts one", "push each with a separate command")
	case len(operands) == 0 || !c.lacks(c.words[operands[0]]):
	case c.removed && len(c.tagged) == 0:
		c.fails("pushes an image that a command before it removed: Docker has none of that name", "remove the image behind the push")
	case !c.makes() && c.needsBuild():
		c.fails("pushes an image that another job builds, and Docker has none: each job has a runner of its own", "build it in the job that pushes, or hand it over as an artifact (docker save, docker load)")
	default:
		c.fails("pushes an image under a name that no step before it gives one: Docker has none of that name", "give the image that name with docker build --tag, or docker tag")
	}
}

// fails adds a command that fails unless Docker has images of another job.
func (c *command) fails(why, fix string) {
	before := len(c.fact.Broken)
	c.breaks(c.at, why, fix)
	for i := range c.fact.Broken[before:] {
		c.fact.Broken[before+i].Local = true
	}
}

// isCertain reports whether every run comes by the command.
func (c *command) isCertain() bool {
	return c.always && c.variables.outer == c.step.env && c.composites == 0
}

// removesImages takes away the names that "docker rmi" is given.
func (c *command) removesImages(operands []int) {
	if !c.isCertain() {
		return
	}
	for _, at := range operands {
		if name := c.words[at]; len(name) == 1 {
			c.job.tagged = slices.DeleteFunc(slices.Clone(c.tagged), func(other alternative) bool {
				return slices.Equal(withTag(name[0].string()), withTag(other.string()))
			})
			c.job.removed = true
		}
	}
}

// prunes takes away all names, where unused images are removed and not only those without a name.
func (c *command) prunes() {
	short := func(sign string) bool {
		return slices.ContainsFunc(c.words, func(word value) bool {
			text, _ := word.literal()
			return strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "--") && strings.Contains(text, sign)
		})
	}
	all, asks := c.hasAlways("--all") || short("a"), !c.hasAlways("--force") && !short("f")
	if all && !asks && len(c.flags("--filter")) == 0 && c.isCertain() {
		c.job.tagged, c.job.removed = nil, true
	}
}

// withTag is the name of an image with the tag that it has where none is written.
func withTag(ref pieces) pieces {
	for _, prefix := range []string{"docker.io/", "library/", "localhost/"} {
		ref, _ = ref.cutPrefix(prefix)
	}
	last := len(ref) - 1
	if last < 0 || ref[last].kind != kindKnown || last > 0 && !strings.Contains(ref[last].text, "/") || !slices.Equal(ref, untagged(ref)) {
		return ref
	}
	return ref.and(textOf(":latest"))
}

// mayBe reports whether two texts may be the same in a run.
func (t pieces) mayBe(other pieces) bool {
	same := func(a, b piece) bool {
		return a == b && a.kind != kindUnknown && a.kind != kindUnset && a.kind != kindMissing
	}
	for len(t) > 0 && len(other) > 0 && same(t[0], other[0]) {
		t, other = t[1:], other[1:]
	}
	for len(t) > 0 && len(other) > 0 && same(t[len(t)-1], other[len(other)-1]) {
		t, other = t[:len(t)-1], other[:len(other)-1]
	}
	if text, known := t.known(); known {
		return other.pattern().MatchString(text)
	}
	if text, known := other.known(); known {
		return t.pattern().MatchString(text)
	}
	ends := func(t pieces) (first, last string) {
		if len(t) > 0 && t[0].kind == kindKnown {
			first = t[0].text
		}
		if len(t) > 0 && t[len(t)-1].kind == kindKnown {
			last = t[len(t)-1].text
		}
		return first, last
	}
	first, last := ends(t)
	otherFirst, otherLast := ends(other)
	return (strings.HasPrefix(first, otherFirst) || strings.HasPrefix(otherFirst, first)) && (strings.HasSuffix(last, otherLast) || strings.HasSuffix(otherLast, last))
}

// ofDigits matches the reasons of what is made of the digits of numbers, be they hexadecimal.
var ofDigits = regexp.MustCompile(`(?i)^(github\.|\$GITHUB_)(sha|run_(id|number|attempt))\b`)

// pattern matches what the text may be.
func (t pieces) pattern() *regexp.Regexp {
	var pattern strings.Builder
	for _, p := range t {
		switch {
		case p.kind == kindKnown:
			pattern.WriteString(regexp.QuoteMeta(p.text))
		case p.kind == kindRegistryOfLogin:
			pattern.WriteString(`[^/]*(dkr|public)[^/]*`)
		case ofDigits.MatchString(p.text):
			pattern.WriteString("[0-9a-f]+")
		default:
			pattern.WriteString("(?s:.*)")
		}
	}
	return regexp.MustCompile("^" + pattern.String() + "$")
}
