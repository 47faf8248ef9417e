package github

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// build is what a build asks of its builder.
type build struct {
	at source.Place
	// own says that the builder is certainly Docker's own, and buildKit is the image of another, "" if that is not
	// known.
	own      bool
	buildKit string
}

// buildOf returns the build of an action.
func (a *action) buildOf() build {
	return build{a.node.Place, a.given("builder").empty() && !a.choosesBuilder && a.dockersOwn(a.scope), a.buildKit}
}

// buildOf returns the build of a command: "docker build" has Docker's own builder, unless it stands for
// "docker buildx build".
func (c *command) buildOf() build {
	b := build{c.at, false, c.buildKit}
	switch s := c.seen(); {
	case path.Base(c.word(0)) != "docker":
		b.buildKit = c.image
	case len(c.flags("--builder", "-H", "--host", "--context", "-c")) == 0:
		chosen := c.choosesBuilder && (c.aliased || c.word(1) == "buildx")
		b.own = !chosen && c.dockersOwn(s)
	}
	return b
}

// dockersOwn reports whether builds that use no builder of a step are certainly done by Docker's own.
func (j *job) dockersOwn(s scope) bool {
	return !j.builds && !slices.ContainsFunc([]string{"DOCKER_HOST", "DOCKER_CONTEXT", "BUILDX_BUILDER", "BUILDKIT_HOST"}, func(name string) bool {
		_, set := s.env.get(name)
		return set
	})
}

// choosingActions are actions of others that may give the job another builder, by their names.
var choosingActions = regexp.MustCompile(`build|depot|docker`)

// imageOption finds the image of BuildKit among the options of a driver.
var imageOption = regexp.MustCompile(`(?:^|[\s,])image=([^\s,]+)`)

// chooses notes that the job makes or chooses a builder, with the options of its driver.
func (j *job) chooses(driver, options value) {
	if name, _ := driver.literal(); name == "docker" {
		return
	}
	j.choosesBuilder, j.buildKit = true, "moby/buildkit:buildx-stable-1"
	text, known := options.literal()
	if image := imageOption.FindStringSubmatch(text); image != nil {
		j.buildKit = image[1]
	}
	if name, _ := driver.literal(); !known || name == "remote" {
		j.buildKit = ""
	}
}

// asksForStore notes what a build does that Docker does with containerd's image store alone
// (https://docs.docker.com/build/builders/drivers/).
func (j *job) asksForStore(at source.Place, what string) {
	if !j.fact.Store.There {
		j.fact.Store = facts.Known(what, at)
	}
}

// platforms looks for a build for several platforms, or one that another builder is to load into Docker.
func (j *job) platforms(b build, loads bool, values ...value) {
	several := func(a alternative) bool { return len(a.string().split(",\n ")) > 1 }
	if len(values) > 1 || len(values) == 1 && len(values[0]) > 0 && !slices.ContainsFunc(values[0], func(a alternative) bool { return !several(a) }) {
		switch {
		case b.own:
			j.asksForStore(b.at, "builds for several platforms with Docker's own builder")
		case loads:
			j.asksForStore(b.at, "loads an image of several platforms into Docker")
		}
	}
}

// byDigest looks for a push by digest, which Docker's own builder can't do (docker/buildx, build/opt.go).
func (j *job) byDigest(b build, output attributes) {
	if b.own && output.literal("push-by-digest") == "true" {
		j.breaks(b.at, "pushes by digest with Docker's own builder, which can't do that", "make a builder with docker/setup-buildx-action")
	}
}

// digestAlone looks for an image that is to be pushed by digest, and is not told to be pushed.
func (j *job) digestAlone(output attributes, at source.Place) {
	if output.literal("push-by-digest") == "true" && output.literal("push") == "" && j.namesECR() && j.once(at) {
		j.fact.Never = append(j.fact.Never, facts.BrokenStep{Place: at, Why: "pushes nothing: push-by-digest=true says how, and push=true is missing", Fix: "add push=true to the output"})
	}
}

// canExportManifest is the first version of BuildKit that can be told to export a build cache in the form that Amazon ECR
// accepts (https://github.com/aws/containers-roadmap/issues/876).
var canExportManifest = identity.Version{0, 12, 0}

// exports looks for a build cache that the builder can't export, or Amazon ECR refuses.
func (j *job) exports(b build, cache attributes, at source.Place) {
	kind := cache.literal("type")
	if kind == "inline" || kind == "" && len(cache.cache()) == 0 {
		return
	}
	if b.own {
		j.asksForStore(b.at, "exports a build cache with Docker's own builder")
	}
	if b.own || !slices.ContainsFunc(cache.cache(), isOfECR) {
		return
	}
	const why, fix = "exports a build cache as an index, which Amazon ECR refuses", "write image-manifest=true,oci-mediatypes=true"
	since := identity.ExportsManifest
	switch cache.literal("image-manifest") {
	case "true":
		since = canExportManifest
	case "false":
		j.breaks(at, why, fix)
		return
	}
	version, known := identity.ImageVersion(b.buildKit)
	switch {
	case cache.literal("oci-mediatypes") == "false":
		j.breaks(at, why, fix)
	case b.buildKit == "" || !known || !strings.Contains(b.buildKit, "buildkit"):
		if since == identity.ExportsManifest { // who asks for another form has a BuildKit that knows it
			j.fact.CacheAt = at
		}
	case version.Before(canExportManifest):
		j.breaks(at, why+", and BuildKit "+version.String()+" can do no other", "use BuildKit v0.21 or newer")
	case version.Before(since):
		j.breaks(at, why+" (BuildKit before v0.21, unless it is told otherwise)", fix)
	}
}
