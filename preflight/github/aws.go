package github

// awsOptions are the options of the AWS CLI that have a value.
var awsOptions = []string{
	"--ca-bundle", "--cli-connect-timeout", "--cli-read-timeout", "--color", "--endpoint-url", "--output", "--profile", "--query",
	"--region", "--registry-ids",
}

// aws reads a command of the AWS CLI: a login, or a key that it stores.
func (c *command) aws() {
	operands := c.operands(awsOptions)
	switch one, two := c.first(operands); {
	case one == "ecr" && (two == "get-login-password" || two == "get-login" || two == "get-authorization-token"):
		c.fact.LogsIn = true
		c.regionsOf(c.step)
		for _, region := range c.flags("--region") {
			c.regions(region, c.at)
		}
	case one == "configure" && two == "set" && len(operands) > 3:
		c.storedSetting(c.word(operands[2]), c.words[operands[3]], c.at)
	}
}
