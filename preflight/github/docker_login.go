package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
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
	for _, alternative := range c.words[operands[at]] {
		host := hostOf(alternative.string())
		_, again := loginOf(host)
		_, certain, may := registryOf(host, c.at)
		c.job.atHub = c.job.atHub || !certain && isHub(host)
		if !may || again || !certain && !asked {
			continue // of a registry that is not known, the password alone tells whose it is
		}
		c.logins.logIn(c.step, alternative.world, facts.Login{Place: c.at, Number: number, Host: host.fact(c.at), Account: facts.Text{Place: c.at}, Config: c.dockerConfig()}, p)
	}
}

func (c *command) logout(registry value) {
	number := c.logins.next()
	for _, alternative := range registry {
		out := facts.Login{Place: c.at, Host: hostOf(alternative.string()).fact(c.at)}
		if place, ok := loginOf(hostOf(alternative.string())); ok {
			out = c.logins.found[place].Login
		}
		out.Number, out.Out, out.Config = number, true, c.dockerConfig()
		c.logins.found = append(c.logins.found, login{Login: out, scope: c.step, world: alternative.world})
	}
}

// helped says whether a script gives Docker Amazon's credential helper.
func helped(script string) bool {
	return strings.Contains(script, "ecr-login") && (strings.Contains(script, "credsStore") || strings.Contains(script, "credHelpers"))
}
