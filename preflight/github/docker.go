package github

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// The options that have a value, of the tools of which a word's place decides what it
// is.
var (
	composeOptions = []string{"-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory"}
	copyOptions    = []string{
		"--additional-tag", "--authfile", "--cert-dir", "--compression-format", "--compression-level", "--creds",
		"--dest-authfile", "--dest-cert-dir", "--dest-creds", "--dest-password", "--dest-registry-token", "--dest-username",
		"--digestfile", "--encryption-key", "-f", "--format", "--image-refs", "-j", "--jobs", "--log-level", "--multi-arch",
		"--override-arch", "--override-os", "--override-variant", "--platform", "--policy", "--retry", "--retry-delay",
		"--retry-times", "--root", "--runroot", "--sign-by", "--src-authfile", "--src-cert-dir", "--src-creds",
		"--src-password", "--src-registry-token", "--src-username", "--storage-driver", "--tmpdir",
	}
	regctlOptions = []string{
		"--annotation", "--create", "--digest-tags", "--format", "-p", "--pass", "--platform", "--platforms", "--ref", "-u", "--user", "-v", "--verbosity",
	}
	orasOptions = []string{
		"--annotation", "--annotation-file", "--artifact-type", "--ca-file", "--concurrency", "--config", "--export-manifest",
		"--format", "--image-spec", "-a", "-p", "--password", "--platform", "--registry-config", "-u", "--username",
	}
)

// buildOptions are the options of "docker build" that have a value.
var buildOptions = slices.Concat(dockerOptions, []string{
	"--add-host", "--allow", "--annotation", "--attest", "--build-arg", "--build-context", "--cache-from", "--cache-to", "--call", "--cgroup-parent",
	"--file", "--iidfile", "--label", "--memory", "-m", "--metadata-file", "--network", "--no-cache-filter", "-o", "--output", "--progress",
	"--secret", "--shm-size", "--ssh", "-t", "--tag", "--target", "--ulimit", "-v", "--volume",
})

// bakeOptions are the options of "docker buildx bake" that have a value.
var bakeOptions = []string{"--allow", "--builder", "--call", "-f", "--file", "--metadata-file", "--progress", "--provenance", "--sbom", "--set", "--var"}

// dockerOptions are also those of podman.
var dockerOptions = append([]string{"--builder", "-c", "--config", "--context", "-H", "--host", "-l"}, copyOptions...)

// docker reads a command of Docker or of a tool with its command line.
func (c *command) docker() {
	operands := c.operands(dockerOptions)
	one, two := c.first(operands)
	c.job.got = c.got || c.bringsImages(operands)
	switch {
	case one == "login":
		c.login()
	case one == "logout" && len(operands) > 1:
		c.logout(c.words[operands[1]])
	case one == "push":
		c.push(operands[1:])
	case one == "image" && two == "push":
		c.push(operands[2:])
	case one == "manifest" && two == "push":
		c.target(operands[2:])
	case one == "pull" && len(operands) > 1:
		c.pulls(c.words[operands[1]])
		c.names(c.words[operands[1]])
	case one == "save":
		c.saves(c.operands(append([]string{"-o", "--output"}, dockerOptions...))[1:])
	case one == "rmi":
		c.removesImages(operands[1:])
	case one == "image" && (two == "rm" || two == "remove"):
		c.removesImages(operands[2:])
	case (one == "image" || one == "system") && two == "prune":
		c.prunes()
	case one == "run" || one == "create":
		c.runs(operands[1:])
		c.runsTool(operands[1:])
	case one == "load" || one == "import":
		c.job.made = true
	case one == "tag" && len(operands) == 3:
		c.renames(c.words[operands[1]], c.words[operands[2]])
	case one == "image" && two == "tag" && len(operands) == 4:
		c.renames(c.words[operands[2]], c.words[operands[3]])
	case one == "build", (one == "image" || one == "builder" || one == "buildx") && (two == "build" || two == "b"):
		c.build()
	case one == "buildx" && two == "imagetools" && len(operands) > 2 && c.word(operands[2]) == "create":
		c.createIndex()
	case one == "buildx" && two == "bake" && c.bakes():
		c.bake()
	case one == "compose":
		c.words = c.words[operands[0]:]
		c.compose()
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

// runsTool reads a container of a tool that pushes: in there, the job's logins may not be.
func (c *command) runsTool(operands []int) {
	for _, at := range operands {
		for _, tool := range entrypoints {
			if strings.Contains(c.word(at), tool.image) && slices.ContainsFunc(c.words[at+1:], namesTarget) {
				c.unknownPush("what " + tool.image + " does in a separate container is not read")
				return
			}
		}
	}
}

// namesTarget reports whether a word of one of the tools says that it pushes.
func namesTarget(word value) bool {
	return slices.ContainsFunc(word, func(a alternative) bool {
		_, destination := a.string().cutPrefix("--destination")
		text, _ := a.string().known()
		return destination || slices.Contains([]string{"push", "copy", "cp"}, text)
	})
}

// push reads "docker push": of one tag, or of all that the job gave the image.
func (c *command) push(operands []int) {
	if !c.has("-a") && !c.has("--all-tags") || len(operands) != 1 {
		c.target(operands)
		c.notLoaded(operands)
		c.notThere(operands)
		return
	}
	for _, repository := range c.words[operands[0]] {
		tagged := false
		for _, ref := range c.tagged {
			if slices.Equal(untagged(ref.string()), untagged(repository.string())) {
				tagged = true
				c.pushTo(ref, facts.Pushes)
			}
		}
		if !tagged {
			c.pushTo(repository, facts.Pushes)
		}
	}
}

// notLoaded looks for a push of an image that is in the cache of a builder alone.
func (c *command) notLoaded(operands []int) {
	if c.made || len(operands) != 1 {
		return
	}
	cached := func(a alternative) bool {
		return slices.ContainsFunc(c.cached, func(name pieces) bool { return slices.Equal(name, a.string()) })
	}
	if names := c.words[operands[0]]; !slices.ContainsFunc(names, func(a alternative) bool { return !cached(a) }) {
		c.job.breaks(c.at, "pushes an image that a step before it built and left in the builder's cache, so Docker has no such image", `have the build load it (load: true, --load), or push it (push: true, --push)`)
	}
}

// untagged is an image's name without its tag.
func untagged(ref pieces) pieces {
	host, sign, rest := ref.cut("/")
	if sign == 0 {
		return ref.before(":@")
	}
	return host.and(textOf("/")).and(rest.before(":@"))
}

func (c *command) compose() {
	one, _ := c.first(c.operands(composeOptions))
	c.job.made, c.job.got = c.made || one == "build", true
	if one == "push" || one == "build" && c.has("--push") {
		c.unknownPush("the Compose file says where to push")
	}
}

// target pushes to the last of the operands: the only one, or the second.
func (c *command) target(operands []int) {
	switch len(operands) {
	case 0:
	case 1, 2:
		for _, a := range c.words[operands[len(operands)-1]] {
			c.transport(a)
		}
	default:
		c.unknownPush(fmt.Sprintf("it is one of %d words", len(operands)))
	}
}

// transports are the transports of images that are in no registry.
var transports = []string{"containers-storage:", "dir:", "docker-archive:", "docker-daemon:", "oci:", "oci-archive:"}

// transport pushes to an image that may have "docker://" in front; with another
// transport it pushes nowhere.
func (c *command) transport(a alternative) {
	ref := a.string()
	for _, other := range transports {
		if _, is := ref.cutPrefix(other); is {
			c.job.got = true
			return
		}
	}
	ref, _ = ref.cutPrefix("docker://")
	c.pushTo(a.as(ref), facts.Pushes)
}

// copies reads a tool that has the target last, under one of the subcommands.
func (c *command) copies(subcommands ...string) {
	operands := c.operands(copyOptions)
	switch one, two := c.first(operands); {
	case one == "login", one == "auth" && two == "login":
		c.login()
	case one == "sync":
		c.unknownPush("what " + c.word(0) + " sync copies is not read")
	case slices.Contains(subcommands, one):
		c.target(operands[1:])
	}
}

// buildah reads buildah, which keeps images as podman does.
func (c *command) buildah() {
	operands := c.operands(copyOptions)
	switch one, _ := c.first(operands); one {
	case "build", "build-using-dockerfile", "bud":
		c.build()
	case "tag":
		c.docker()
	case "images", "login", "logout":
		c.copies()
	case "push":
		c.copies("push")
		c.notThere(operands[1:])
	default:
		c.job.got = true
	}
}

// crane reads crane, which copies images, and makes others of them and pushes those: to the
// tag that it is given, or in the place of the image.
func (c *command) crane() {
	operands := c.operands(copyOptions)
	switch one, _ := c.first(operands); one {
	case "tag":
		c.retags(operands[1:])
	case "append", "flatten", "mutate", "rebase":
		tags := c.flags("-t", "--tag", "--new_tag")
		c.pushes(facts.Pushes, tags...)
		if len(tags) == 0 {
			c.target(operands[1:])
		}
	default:
		c.copies("push", "copy", "cp")
	}
}

// regctl reads regctl, which copies images, and makes others of them and pushes those.
func (c *command) regctl() {
	operands := c.operands(regctlOptions)
	switch one, two := c.first(operands); {
	case one == "registry" && two == "login":
		c.login()
	case one == "registry" && two == "logout" && len(operands) > 2:
		c.logout(c.words[operands[2]])
	case one == "image" && (two == "copy" || two == "cp" || two == "import"), one == "index" && two == "create":
		c.regctlTarget(operands[2:], two == "copy" || two == "cp")
	case one == "image" && two == "mod", one == "artifact" && two == "put", one == "manifest" && two == "put":
		targets := c.flags("--create")
		c.pushes(facts.Pushes, targets...)
		if len(targets) == 0 {
			c.regctlTarget(operands[2:], false)
		}
	}
}

// regctlTarget pushes to the second operand of a copy, or to the first.
func (c *command) regctlTarget(operands []int, copies bool) {
	if copies && len(operands) > 1 {
		operands = operands[1:]
	}
	if len(operands) > 0 {
		c.target(operands[:1])
	}
}

// retags reads a command that has an image of a registry and behind it other tags, which it
// gives the image there.
func (c *command) retags(operands []int) {
	if len(operands) < 2 {
		return
	}
	names := c.words[operands[0]].each(func(t pieces) pieces { return untagged(t).and(textOf(":")) })
	for _, tag := range operands[1:] {
		c.pushes(facts.Pushes, c.step.join(names, c.words[tag]))
	}
}

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

func (c *command) oras() {
	operands := c.operands(orasOptions)
	switch one, _ := c.first(operands); {
	case one == "login":
		c.login()
	case len(operands) < 2:
	case one == "push":
		for _, a := range c.words[operands[1]] {
			c.eachTag(a)
		}
	case one == "tag":
		c.retags(operands[1:])
	case one == "cp" || one == "copy":
		c.target(operands[1:])
	}
}

// eachTag pushes to an image that may have several tags, "NAME:TAG,TAG".
func (c *command) eachTag(a alternative) {
	for i, ref := range a.string().split(",") {
		if i > 0 {
			ref = untagged(a.string()).and(textOf(":")).and(ref)
		}
		c.pushTo(a.as(ref), facts.Pushes)
	}
}

// ko reads a build of ko, which names images itself unless it is told not to.
func (c *command) ko() {
	one, _ := c.first(c.operands(nil))
	if !slices.Contains([]string{"build", "publish", "apply", "create", "resolve"}, one) || c.hasAlways("--local", "-L", "--push=false") {
		return
	}
	repository := c.lookUp("KO_DOCKER_REPO")
	if !c.has("--bare") {
		repository = c.step.join(repository, value{{text: pieces{{kindKnown, "/"}, {kindUnknown, "ko makes the name"}}}})
	}
	for _, tag := range c.flags("-t", "--tags") {
		repository = c.step.join(repository, c.step.join(valueOf(":"), tag))
	}
	c.pushes(facts.Pushes, repository)
}
