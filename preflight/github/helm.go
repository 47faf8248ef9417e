package github

import (
	"regexp"

	"keyless-runners/preflight/facts"
)

// helmOptions are the options of Helm that have a value.
var helmOptions = []string{
	"--ca-file", "--cert-file", "--key-file", "--kube-context", "--kubeconfig", "-n", "--namespace", "--registry-config",
	"-u", "--username", "-p", "--password",
}

// helm reads a login, or a push of a chart, which goes to an image repository with the
// chart's name.
func (c *command) helm() {
	operands := c.operands(helmOptions)
	switch one, two := c.first(operands); {
	case one == "registry" && two == "login":
		c.login()
	case one == "push" && len(operands) == 3:
		c.pushChart(c.words[operands[1]], c.words[operands[2]])
	}
}

func (c *command) pushChart(files, remotes value) {
	var registries value
	for _, a := range remotes {
		if rest, ok := a.string().cutPrefix("oci://"); ok { // otherwise a plugin's
			registries = append(registries, a.as(rest.trimSuffix("/")))
		}
	}
	c.pushes(facts.Pushes, c.step.join(registries, files.each(chartOf)))
}

// chart is the file that "helm package" makes: the chart's name, and its version.
var chart = regexp.MustCompile(`^(.*/)?([a-z0-9-]+)-([0-9]+\.[0-9]+\.[0-9]+[^/]*)\.tgz$`)

// chartOf returns what Helm puts behind the registry for a chart's file, of whose version something may
// not be known.
func chartOf(file pieces) pieces {
	for _, version := range []string{"0", "0.0.0"} {
		parts := chart.FindStringSubmatch(file.filled(version))
		if parts == nil {
			continue
		}
		if tag, ok := file.cutPrefix(parts[1] + parts[2] + "-"); ok {
			return textOf("/" + parts[2] + ":").and(tag.trimSuffix(".tgz").replaced("+", "_"))
		}
	}
	return pieces{{kindKnown, "/"}, {kindUnknown, "Helm takes the name from the chart"}}
}
