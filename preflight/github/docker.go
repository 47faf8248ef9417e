package github

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// composeOptions are the options of "docker compose" that have a value.
var composeOptions = []string{"-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory"}

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
