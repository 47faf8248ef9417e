package github

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// buildOptions are the options of "docker build" that have a value.
var buildOptions = slices.Concat(dockerOptions, []string{
	"--add-host", "--allow", "--annotation", "--attest", "--build-arg", "--build-context", "--cache-from", "--cache-to", "--call", "--cgroup-parent",
	"--file", "--iidfile", "--label", "--memory", "-m", "--metadata-file", "--network", "--no-cache-filter", "-o", "--output", "--progress",
	"--secret", "--shm-size", "--ssh", "-t", "--tag", "--target", "--ulimit", "-v", "--volume",
})

// bakeOptions are the options of "docker buildx bake" that have a value.
var bakeOptions = []string{"--allow", "--builder", "--call", "-f", "--file", "--metadata-file", "--progress", "--provenance", "--sbom", "--set", "--var"}

// build reads a build: where it pushes to, and where its cache is.
func (c *command) build() {
	kept := c.keepsInCache() && !c.has("--load") && !c.has("--push") && len(c.flags("-o", "--output", "--load", "--push")) == 0
	c.job.made = c.made || !kept
	if options := c.glued(); options != "" {
		c.unknownPush("the shell gives the build " + facts.Quoted([]string{options}) + " as one word, which no option is")
	}
	c.noFolder()
	c.job.got = c.got || c.unknownOptions() != "" || len(c.flags("-o", "--output")) > 0
	b := c.buildOf()
	c.platforms(b, c.has("--load"), c.flags("--platform")...)
	told, named := c.has("--push"), false
	pushes, output := told, attributes(nil)
	for _, v := range c.flags("-o", "--output") {
		for _, a := range v {
			one := attributesOf(a.string())
			if !one.pushes(told) {
				c.digestAlone(one, c.at)
				continue
			}
			pushes, output = true, one
			c.byDigest(b, one)
			for _, name := range one.named("name") {
				named = true
				c.taggedDigest(one, name, c.at)
				c.pushTo(a.as(one.pushed(name)[0]), facts.Pushes)
			}
		}
	}
	tags := c.flags("-t", "--tag")
	if why := c.unknownOptions(); pushes && why != "" {
		c.unknownPush(why)
	} else if pushes && len(tags) == 0 && !named {
		c.unknownPush("the words of the build do not name it")
	}
	for _, tag := range tags {
		if kept {
			for _, a := range tag {
				c.job.cached = append(c.cached, a.string())
			}
			continue
		}
		c.tags(tag)
		if !pushes {
			continue
		}
		for _, a := range tag {
			c.taggedDigest(output, a.string(), c.at)
			c.pushTo(a.as(output.pushed(a.string())[0]), facts.Pushes)
		}
	}
	for _, v := range c.flags("--cache-to", "--export-cache") {
		for _, a := range v {
			if !slices.Contains([]string{"buildah", "podman"}, path.Base(c.word(0))) { // which have no BuildKit
				c.exports(b, attributesOf(a.string()), c.at)
			}
		}
	}
	c.cache(facts.CachesTo, "--cache-to", "--export-cache")
	c.cache(facts.CachesFrom, "--cache-from", "--import-cache")
}

// noFolder looks for a build that is given no folder to build from, nor "-" for its input.
func (c *command) noFolder() {
	isInput := func(word value) bool { text, _ := word.literal(); return text == "-" }
	if path.Base(c.word(0)) == "docker" && len(c.folders()) == 0 && !c.has("--help") && !slices.ContainsFunc(c.words, isInput) {
		c.job.breaks(c.at, "builds without a folder to build from, and Docker refuses that", `write it last, such as "."`)
	}
}

// folders are the places of the words of a build that are no options, behind its command.
func (c *command) folders() []int {
	operands := c.operands(buildOptions)
	command := slices.IndexFunc(operands, func(at int) bool { return c.word(at) == "build" || c.word(at) == "b" })
	return operands[command+1:]
}

// keepsInCache reports whether a build is done by a builder that a step made: "docker build" has Docker's own,
// unless it is given the name of another or stands for "docker buildx build".
func (c *command) keepsInCache() bool {
	s := c.seen()
	for _, builder := range c.flags("--builder") {
		s.env = newVariables(s.env)
		s.env.values["BUILDX_BUILDER"] = variable{value: builder, at: c.at}
	}
	_, named := s.env.get("BUILDX_BUILDER")
	return path.Base(c.word(0)) == "docker" && (named || c.aliased || c.word(1) == "buildx") && c.buildsApart(s)
}

// glued is a word of options that the shell does not split, for it is in quotes; "" if there is none.
func (c *command) glued() string {
	for _, word := range c.words {
		for _, a := range word {
			if before, sign, _ := a.string().cut("= "); sign == ' ' && len(before) > 0 && before[0].kind == kindKnown && strings.HasPrefix(before[0].text, "-") {
				return a.string().filled("*")
			}
		}
	}
	return ""
}

// unknownOptions is why options of a build are not known, "" if all are: it takes one folder, so a
// word beside that is an option.
func (c *command) unknownOptions() (why string) {
	folders := c.folders()
	for _, at := range folders[:max(0, len(folders)-1)] {
		for _, a := range c.words[at] {
			if t := a.string(); len(t) > 0 && t[0].kind != kindKnown {
				return t.why()
			}
		}
	}
	return ""
}

// cache reads the flags that name a build cache.
func (c *command) cache(use facts.Use, flags ...string) {
	for _, v := range c.flags(flags...) {
		for _, a := range v {
			for _, ref := range attributesOf(a.string()).cache() {
				c.pushTo(a.as(ref), use)
			}
		}
	}
}

// bakes reports whether "docker buildx bake" is told to push.
func (c *command) bakes() bool {
	return c.has("--push") || slices.ContainsFunc(c.flags("--set"), func(set value) bool {
		return slices.ContainsFunc(set, func(a alternative) bool {
			_, _, output := a.string().cut("=")
			return attributesOf(output).pushes(false)
		})
	})
}

// bake reads "docker buildx bake", which is given the tags of all of its targets or says nothing of them.
func (c *command) bake() {
	var settings value
	for _, set := range c.flags("--set") {
		settings = append(settings, set...)
	}
	var targets []string
	for _, at := range c.operands(bakeOptions)[2:] {
		targets = append(targets, c.word(at))
	}
	refs := bakedTags(settings, targets)
	for _, ref := range refs {
		c.tags(value{ref})
		c.pushTo(ref, facts.Pushes)
	}
	if len(refs) == 0 {
		c.unknownPush("the file that docker buildx bake reads says where to push")
	}
}

// bakedTags are the images that settings (TARGET.tags=IMAGE) name, none if they leave targets out.
func bakedTags(settings value, targets []string) (refs value) {
	left := map[string]bool{}
	for _, target := range targets {
		left[target] = true
	}
	whole := false
	for _, a := range settings {
		key, _, image := a.string().cut("=")
		name, _ := key.known()
		if target, is := strings.CutSuffix(name, ".tags"); is {
			refs, whole = append(refs, a.as(image)), whole || target == "*"
			delete(left, target)
		}
	}
	if !whole && (len(targets) == 0 || len(left) > 0) {
		return nil
	}
	return refs
}

// createIndex reads a command that joins images under tags. Where it is not written which, they are
// taken to be those of docker/metadata-action, as Docker's own documentation has it
// (https://docs.docker.com/build/ci/github-actions/multi-platform/).
func (c *command) createIndex() {
	tags := c.flags("-t", "--tag")
	c.pushes(facts.Pushes, tags...)
	if len(tags) > 0 || c.hasAlways("--dry-run") {
		return
	}
	if _, made := c.seen().env.get(metadataTagsVariable); !made {
		c.unknownPush("the words of docker buildx imagetools create do not name it")
		return
	}
	for _, a := range c.lookUp(metadataTagsVariable) {
		for _, ref := range a.string().split("\n") {
			c.pushTo(a.as(ref), facts.Pushes)
		}
	}
}
