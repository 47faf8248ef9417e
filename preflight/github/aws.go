package github

import (
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// awsOptions are the options of the AWS CLI that have a value.
var awsOptions = []string{
	"--ca-bundle", "--cli-connect-timeout", "--cli-read-timeout", "--color", "--endpoint-url", "--output", "--profile", "--query",
	"--region", "--registry-id", "--registry-ids",
}

// aws reads a command of the AWS CLI: a login, a password for one, or a key that it
// stores.
func (c *command) aws() {
	operands := c.operands(awsOptions)
	c.asksService(operands)
	switch one, two := c.first(operands); {
	case one == "ecr" && (two == "get-login-password" || two == "get-authorization-token"):
		c.logins.ask(c.password())
	case one == "ecr" && two == "get-login":
		c.getLogin()
	case one == "ecr" && two == "put-image":
		c.putImage()
	case one == "sts" && (two == "assume-role" || two == "assume-role-with-web-identity"):
		c.assume()
	case one == "ecr":
		c.asks(two)
	case one == "eks" && two == "update-kubeconfig":
		c.cluster = true
	case one == "configure" && two == "set" && len(operands) > 3:
		c.storedSetting(c.word(operands[2]), c.words[operands[3]], c.at)
	}
}

// password returns the password that the command gets from Amazon ECR.
func (c *command) password() password {
	for _, name := range c.flags("--profile") {
		c.profile("--profile", name, c.at)
	}
	s := c.seen()
	if why := c.asksElsewhere(s); why != "" {
		return password{region: region{unknownValue(kindUnknown, why), c.at}}
	}
	if told := c.flags("--region"); len(told) > 0 {
		return password{region: region{c.step.here(told[len(told)-1]), c.at}, emptied: s.emptied()}
	}
	return password{region: s.regionIn("AWS_REGION", c.at), cli: true, preset: s.regionIn("AWS_DEFAULT_REGION", c.at), emptied: s.emptied()}
}

// asksElsewhere is why a command may not ask Amazon ECR as the role, "" if it does.
func (c *command) asksElsewhere(s scope) string {
	if c.has("--no-sign-request") {
		return "the command asks without credentials (--no-sign-request)"
	}
	for _, endpoint := range c.flags("--endpoint-url") {
		if !isOfAWS(endpoint) {
			return "the command asks another endpoint (--endpoint-url)"
		}
	}
	return s.otherEndpoint()
}

// otherEndpoint is why the tools of AWS may ask another endpoint, "" if they do not.
func (s scope) otherEndpoint() string {
	for _, name := range identity.EndpointVariables {
		if v, set := s.env.get(name); set && !v.empty() && !isOfAWS(v.value) {
			return "AWS tools are pointed at another endpoint (" + name + ")"
		}
	}
	return ""
}

func isOfAWS(endpoint value) bool {
	url, known := endpoint.literal()
	return known && strings.Contains(url, ".amazonaws.")
}

// putImage reads "aws ecr put-image", which gives an image of an image repository another tag
// there, without Docker and its logins: in the role's account, if it is given no other.
func (c *command) putImage() {
	repository, tag := c.flags("--repository-name"), c.flags("--image-tag")
	if len(repository) == 0 || len(tag) == 0 {
		return
	}
	one := facts.Login{Place: c.at, Number: c.logins.next(), Host: facts.Text{Place: c.at}, Account: facts.Text{Place: c.at}}
	for _, account := range c.flags("--registry-id") {
		one.Account = account.fact(c.at)
	}
	c.alone = true
	for _, before := range c.logins.forOne(c.step, nil, one, c.password()) {
		registry := value{{text: pieces{{kindRegistryOfLogin, strconv.Itoa(before.Login)}, {kindKnown, "/"}}, world: c.logins.found[before.Login].world}}
		c.pushes(facts.Pushes, c.step.join(c.step.join(registry, repository[0]), c.step.join(valueOf(":"), tag[0])))
	}
}

// getLogin reads "aws ecr get-login", which prints "docker login" for the script to
// run: for the role's account, or for each that it is given. Version 2 of the AWS CLI has no such command; PyPI's
// awscli is version 1.
func (c *command) getLogin() {
	accounts := []facts.Text{{Place: c.at}}
	if given := c.list("--registry-ids"); len(given) > 0 {
		accounts = nil
		for _, word := range given {
			accounts = append(accounts, word.fact(c.at))
		}
	}
	for _, account := range accounts {
		c.logins.logIn(c.step, nil, facts.Login{Place: c.at, Number: c.logins.next(), Host: facts.Text{Place: c.at}, Account: account, Config: c.dockerConfig(), GetLogin: !c.installsOldCLI}, c.password())
	}
}
