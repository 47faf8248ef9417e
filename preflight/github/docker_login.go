package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// loginOptions are the options of "docker login" that have a value, and those of other
// tools.
var loginOptions = slices.Concat(dockerOptions, []string{
	"-u", "--username", "-p", "--password", "--registry-config", "--tls-ca-cert", "--ca-file", "--cert-file", "--key-file",
})

// login reads a command that logs in to a registry, which stands behind the word
// "login", with the password that the script asked for last. Without a registry it
// is Docker Hub.
func (c *command) login() {
	operands := c.operands(loginOptions)
	at := slices.IndexFunc(operands, func(i int) bool { return c.word(i) == "login" }) + 1
	if at == len(operands) {
		c.job.atHub = true
		for _, user := range c.flags("-u", "--username") {
			c.loginToHub(user)
		}
		return
	}
	number, p, asked := c.logins.next(), c.logins.password(c.since, c.at), c.logins.asked > c.since
	if why := c.notAWS(); why != "" {
		p.region = region{unknownValue(kindUnknown, why), c.at}
	}
	for _, alternative := range c.words[operands[at]] {
		host := hostOf(alternative.string())
		_, again := loginOf(host)
		_, certain, may := registryOf(host, c.at)
		c.job.atHub = c.job.atHub || !certain && isHub(host)
		if !may || again || !certain && !asked {
			continue // of a registry that is not known, the password alone decides whose it is
		}
		c.logins.logIn(c.step, alternative.world, facts.Login{Place: c.at, Number: number, Host: host.hostFact(c.at), Account: facts.Text{Place: c.at}, Config: c.dockerConfig()}, p)
	}
}

// notAWS is why a login may be refused for its user name, which is "AWS" for every registry of Amazon
// ECR (https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html); "" if it is that.
func (c *command) notAWS() string {
	users := c.flags("-u", "--username", "--user")
	if len(users) == 0 && (c.has("--password-stdin") || c.has("--pass-stdin")) {
		return "it gives a password and no user name"
	}
	for _, user := range users {
		if name, known := user.literal(); known && name != "AWS" {
			return fmt.Sprintf("the user name is %q, and that of Amazon ECR is \"AWS\"", facts.Short(name))
		}
	}
	return ""
}

func (c *command) logout(registry value) {
	number := c.logins.next()
	for _, alternative := range registry {
		out := facts.Login{Place: c.at, Host: hostOf(alternative.string()).hostFact(c.at)}
		if place, ok := loginOf(hostOf(alternative.string())); ok {
			out = c.logins.found[place].Login
		}
		out.Number, out.Out, out.Config = number, true, c.dockerConfig()
		c.logins.found = append(c.logins.found, login{Login: out, scope: c.step, world: alternative.world})
	}
}

// removes reads a command that removes the files and folders that its words name, which may hold a Docker
// configuration with its passwords.
func (c *command) removes(operands []int) {
	for _, operand := range operands {
		c.forgets(c.words[operand], c.at)
	}
}

// forgets adds a logout from everywhere, if the name is the folder or the file of a Docker configuration with
// a login.
func (x *script) forgets(name value, at source.Place) {
	s := x.seen()
	folder := make(value, len(name))
	for i, a := range name {
		folder[i] = a.as(a.string().trimSuffix("/*").trimSuffix("/").trimSuffix("/config.json"))
		if below, inHome := folder[i].string().cutPrefix("~/"); inHome {
			folder[i] = a.as(s.variable("HOME", "$")[0].string().and(textOf("/")).and(below))
		}
	}
	s.env = newVariables(s.env)
	s.env.values["DOCKER_CONFIG"] = variable{value: folder, at: at}
	config := s.dockerConfig(false, at)
	if slices.ContainsFunc(x.logins.found, func(in login) bool { return in.Config.Value == config.Value && in.Config.Unknown == config.Unknown }) {
		out := facts.Login{Place: at, Number: x.logins.next(), Out: true, Everywhere: true, Config: config}
		x.logins.found = append(x.logins.found, login{Login: out, scope: x.step})
	}
}

// helped reports whether a script gives Docker Amazon's credential helper.
func helped(script string) bool {
	return strings.Contains(script, "ecr-login") && (strings.Contains(script, "credsStore") || strings.Contains(script, "credHelpers"))
}

// helpedRegistry is a registry, as a script writes it out, with the helper for it.
var helpedRegistry = regexp.MustCompile(`([0-9]{12}\.dkr[.-]ecr[a-z0-9.-]*)[\\"']*\s*:\s*[\\"']*ecr-login`)

// help reports whether the credential helper logs in to a registry: to any, if it is a script's
// "credsStore", or to those of "credHelpers", as far as the script writes them out.
func (l *logins) help(host pieces) bool {
	name, known := host.known()
	return slices.ContainsFunc(l.helpers, func(script string) bool {
		all := helpedRegistry.FindAllStringSubmatch(script, -1)
		return !known || strings.Contains(script, "credsStore") || len(all) == 0 || slices.ContainsFunc(all, func(one []string) bool { return one[1] == name })
	})
}
