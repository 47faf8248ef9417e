package github

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Where "docker login" keeps passwords of the runner, in the images that GitHub and the
// controller make, and of root, as whom sudo runs without the variables of the job.
const (
	runnersConfig = "/home/runner/.docker"
	rootsConfig   = "/root/.docker"
)

// dockerConfig is the folder in which a command keeps and looks for passwords: that of
// DOCKER_CONFIG, or .docker in HOME. Not there: the workflow sets neither, and it is the
// runner's own.
func (s scope) dockerConfig(root bool, at source.Place) facts.Text {
	if root {
		return facts.Text{Value: rootsConfig, Place: at, There: true}
	}
	_, movesHome := s.env.get("HOME")
	inHome := s.join(s.variable("HOME", "$"), valueOf("/.docker"))
	folder := inHome
	if _, set := s.env.get("DOCKER_CONFIG"); set && !s.variable("DOCKER_CONFIG", "$").empty() {
		folder = s.variable("DOCKER_CONFIG", "$")
	}
	alike := func(a, b alternative) bool { return slices.Equal(a.string(), b.string()) }
	if !movesHome && slices.EqualFunc(folder, inHome, alike) {
		return facts.Text{}
	}
	config := folder.fact(at)
	switch {
	case config.Unknown != "":
		config.Unknown = fmt.Sprintf("its Docker configuration is in %s: %s", shownValue(folder), config.Unknown)
	case path.Clean(config.Value) == runnersConfig:
		return facts.Text{}
	}
	return config
}

// shownValue is a value as a message has it, with "*" for what is not known.
func shownValue(v value) string {
	var all []string
	for _, alternative := range v {
		all = append(all, alternative.string().filled("*"))
	}
	return facts.Quoted(all)
}

// dockerConfig returns the command's Docker configuration, which an option can name too.
func (c *command) dockerConfig() facts.Text {
	s := c.seen()
	if path.Base(c.word(0)) == "docker" && strings.HasPrefix(c.word(1), "--config") {
		s.env = newVariables(s.env)
		s.env.values["DOCKER_CONFIG"] = variable{value: c.flags("--config")[0], at: c.at}
		return s.dockerConfig(false, c.at)
	}
	return s.dockerConfig(c.root, c.at)
}
