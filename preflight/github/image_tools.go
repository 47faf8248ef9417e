package github

import (
	"slices"

	"keyless-runners/preflight/facts"
)

// The options that have a value, of the tools of which a word's place decides what it is.
var (
	copyOptions = []string{
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
