package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// needs notes what needs a Docker daemon first, unless the variables name another.
func (j *job) needs(what string, s scope, at source.Place) {
	for _, name := range []string{"DOCKER_HOST", "DOCKER_CONTEXT", "BUILDX_BUILDER"} {
		if _, set := s.env.get(name); set {
			return
		}
	}
	if j.builds {
		return
	}
	first := facts.Text{Value: what, Place: at, There: true}
	if !j.fact.Docker.There {
		j.fact.Docker = first
	}
	if j.fact.Container.There && !j.fact.DockerInside.There && !startedByRunner(what) {
		j.fact.DockerInside = first
	}
}

// startedByRunner reports whether it is the runner that starts what needs a daemon, and not
// a step.
func startedByRunner(what string) bool {
	return what == "container" || what == "services" || strings.HasPrefix(what, "docker://")
}

// builders are the actions that build with Docker.
var builders = []string{"docker/build-push-action", "docker/bake-action"}

// buildsApart reports whether builds are done by a builder that a step made: a variable can name another.
func (j *job) buildsApart(s scope) bool {
	builder, named := s.env.get("BUILDX_BUILDER")
	name, _ := builder.literal()
	return j.ownBuilder && !named || slices.Contains(j.ownBuilders, name)
}

// usesDocker looks at what an action, by its name in lower case, does with Docker.
func (a *action) usesDocker(name string) {
	given := a.given("driver")
	driver, known := given.literal()
	if slices.Contains(builders, name) {
		a.needsBuildx()
	}
	if name == "docker/setup-buildx-action" {
		a.chooses(given, a.given("driver-opts"))
		installs, _ := a.given("install").literal()
		a.aliased = installs == "true"
		used, literal := a.given("use").literal()
		a.ownBuilder = known && driver != "docker" && literal && used != "false" && a.given("driver-opts").empty() && !a.node.Has("if")
	}
	switch {
	case name == "docker/setup-buildx-action" && driver == "kubernetes":
		a.builds = true
		a.buildsInPods(a.scope, a.given("driver-opts"), a.node.Place)
	case name == "docker/setup-buildx-action" && driver == "remote":
		a.builds = true
		a.remote(a.given("endpoint"), a.node.Place)
	case name == "docker/setup-docker-action", name == "docker/setup-buildx-action" && !given.empty() && !needsDocker(driver):
		a.builds = true
	case name == "docker/setup-buildx-action", strings.HasPrefix(name, "docker://"),
		slices.Contains(builders, name) && a.given("builder").empty():
		a.needs(name, a.scope, a.node.Place)
	}
}

// needsDocker reports whether a driver of BuildKit is one that needs Docker here: "docker" or
// "docker-container".
func needsDocker(driver string) bool { return strings.HasPrefix(driver, "docker") }

// remote notes a builder that runs already, unless the job may have started it.
func (j *job) remote(endpoint value, at source.Place) {
	if !j.startsBuildKit && !j.fact.BuildKit.There {
		j.fact.BuildKit = endpoint.fact(at)
	}
}

// buildsInPods notes that buildx makes Pods in the cluster, as the runner's ServiceAccount
// unless a file with another identity may be there.
func (j *job) buildsInPods(s scope, options value, at source.Place) {
	if _, set := s.env.get("KUBECONFIG"); set || j.cluster || j.fact.BuilderNamespace.There {
		return
	}
	j.fact.BuilderNamespace = facts.Text{Place: at, There: true}
	for _, option := range options {
		for _, part := range option.string().split(",\n") {
			if namespace, ok := part.cutPrefix("namespace="); ok {
				j.fact.BuilderNamespace = option.as(namespace).text.fact(at)
			}
		}
	}
}

// daemonCommands are the commands of Docker that talk to the daemon; of those in
// groups, the second word counts.
var (
	daemonCommands = []string{"build", "push", "pull", "run", "tag", "load", "save", "start", "create", "exec", "images", "rmi"}
	daemonGroups   = map[string][]string{
		"image":   {"build", "push", "pull", "tag", "load", "save", "ls"},
		"buildx":  {"build", "b", "bake"},
		"builder": {"build"},
		"compose": {"build", "push", "pull", "up", "run"},
	}
)

// createsBuilder reads "docker buildx create" with a driver.
func (c *command) createsBuilder(of value) {
	driver, _ := of.literal()
	switch driver {
	case "kubernetes":
		options := valueOf("")
		for _, option := range c.flags("--driver-opt") {
			options = c.step.join(c.step.join(options, option), valueOf("\n"))
		}
		c.buildsInPods(c.seen(), options, c.at)
	case "remote":
		for _, at := range c.operands(dockerOptions) {
			if strings.Contains(c.word(at), "://") {
				c.remote(c.words[at], c.at)
			}
		}
	}
	c.builds = c.builds || !needsDocker(driver)
}

// choosesByCommand reads the options of "docker buildx create".
func (c *command) choosesByCommand() {
	driver, options := valueOf(""), valueOf("")
	for _, v := range c.flags("--driver") {
		driver = v
	}
	for _, v := range c.flags("--driver-opt") {
		options = c.step.join(c.step.join(options, v), valueOf("\n"))
	}
	c.chooses(driver, options)
}

// ownsBuilder reads "docker buildx create" of a builder in a container, which keeps in its cache what it makes
// (https://docs.docker.com/reference/cli/docker/buildx/create/).
func (c *command) ownsBuilder() {
	if !c.always || c.variables.outer != c.step.env || len(c.flags("--driver-opt")) > 0 {
		return
	}
	for _, driver := range c.flags("--driver") {
		if name, _ := driver.literal(); name != "docker-container" {
			return
		}
	}
	c.job.ownBuilder = c.ownBuilder || c.has("--use")
	for _, builder := range c.flags("--name") {
		if name, known := builder.literal(); known {
			c.job.ownBuilders = append(c.ownBuilders, name)
		}
	}
}

// usesDocker looks whether a command of Docker needs a daemon.
func (c *command) usesDocker() {
	one, two := c.first(c.operands(dockerOptions))
	if drivers := c.flags("--driver"); one == "buildx" && two == "create" && len(drivers) > 0 {
		c.createsBuilder(drivers[0])
	}
	if one == "buildx" && two == "create" {
		c.ownsBuilder()
		c.choosesByCommand()
	}
	c.choosesBuilder = c.choosesBuilder || one == "buildx" && two == "use" || one == "context"
	c.builds = c.builds || one == "context" && two == "use"
	c.job.ownBuilder = c.ownBuilder && (one != "buildx" || two != "use" && two != "rm")
	if group := daemonGroups[one]; group != nil && slices.Contains(group, two) {
		one += " " + two
	} else if !slices.Contains(daemonCommands, one) {
		return
	}
	if len(c.flags("-H", "--host", "--context", "--builder")) == 0 {
		c.needs("docker "+one, c.seen(), c.at)
	}
}
