package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// asked are the commands of "aws ecr" that are about one image repository, with the actions that they need.
var asked = map[string]string{
	"batch-delete-image": "ecr:BatchDeleteImage", "create-repository": "ecr:CreateRepository", "delete-repository": "ecr:DeleteRepository",
	"describe-image-scan-findings": "ecr:DescribeImageScanFindings", "describe-images": "ecr:DescribeImages",
	"describe-repositories": "ecr:DescribeRepositories", "get-lifecycle-policy": "ecr:GetLifecyclePolicy",
	"get-repository-policy": "ecr:GetRepositoryPolicy", "list-images": "ecr:ListImages",
	"put-image-scanning-configuration": "ecr:PutImageScanningConfiguration", "put-image-tag-mutability": "ecr:PutImageTagMutability",
	"put-lifecycle-policy": "ecr:PutLifecyclePolicy", "set-repository-policy": "ecr:SetRepositoryPolicy", "start-image-scan": "ecr:StartImageScan",
}

// looking is the command that scripts run to find out whether to run "aws ecr create-repository".
const looking = "describe-repositories"

// asks reads a command with which every run fails if the role may not run it.
func (c *command) asks(subcommand string) {
	ask := facts.Ask{Place: c.at, Action: asked[subcommand]}
	makes := subcommand == "create-repository"
	switch {
	case !c.endsOnErrors || c.mayEnd || len(c.flags("--profile")) > 0:
		return
	case makes && c.behind("aws ecr "+looking) && (c.decides || !c.mayFail):
		ask.Action, ask.Otherwise, subcommand = asked[looking], ask.Action, looking
	case c.mayFail || c.tested || c.piped || !c.everyRun():
		return
	}
	names := slices.Concat(c.list("--repository-names"), c.flags("--repository-name"))
	if len(names) != 1 {
		return
	}
	ask.Command, ask.Name = "aws ecr "+subcommand, c.step.here(names[0]).fact(c.at)
	one := facts.Login{Place: c.at, Host: facts.Text{Place: c.at}, Account: facts.Text{Place: c.at}}
	for _, account := range c.flags("--registry-id") {
		one.Account = account.fact(c.at)
	}
	if all := c.logins.each(c.step, nil, one, c.password()); len(all) == 1 && ask.Name.Known() {
		ask.By = all[0].Login
		c.fact.Asks = append(c.fact.Asks, ask)
	}
}

// behind reports whether the command runs where another, which the text begins, has failed or gone well.
func (c *command) behind(command string) bool {
	guards := c.step.guards
	return len(guards) > 0 && strings.Contains(guards[len(guards)-1], command)
}
