package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// requirement is what a command needs without which the job ends there, in the runs of a scope: a tool, or that its
// role may do what it asks of Amazon ECR.
type requirement struct {
	scope   scope
	tool    facts.Text
	request *facts.Request
	// before reports that a push stands behind it, in runs that all come by it.
	before bool
}

// maxRequirements is how many requirements of a job are compared with each of its pushes.
const maxRequirements = 100

func (j *job) requires(one requirement) {
	if len(j.required) < maxRequirements {
		j.required = append(j.required, one)
	}
}

// comesTo notes a push, in a world of a scope.
func (j *job) comesTo(s scope, w world) {
	for i := range j.required {
		one := &j.required[i]
		one.before = one.before || s.spend(1+len(w)) && one.scope.includes(s, w)
	}
}

// met hands over the requests, and the tools that are needed before a push: each tool once.
func (j *job) met() {
	for _, one := range j.required {
		switch {
		case one.request != nil:
			one.request.Before = one.before
			j.fact.Requests = append(j.fact.Requests, *one.request)
		case !one.before:
		case !slices.ContainsFunc(j.fact.Tools, one.tool.Same):
			j.fact.Tools = append(j.fact.Tools, one.tool)
		}
	}
}

// endsJob reports whether the job ends where the command of a statement fails.
func (x *script) endsJob() bool {
	return x.endsOnErrors && !x.tested && (x.decides || !x.mayFail) && !x.passedOver && !x.left && (x.frame == nil || !x.frame.early)
}

// tools are the commands that no image of a runner has but one that is made to have them.
var tools = []string{"aws", "buildah", "buildctl", "crane", "docker buildx", "finch", "helm", "ko", "kubectl", "nerdctl", "oras", "podman", "regctl", "skopeo"}

// Actions, commands and scripts that put no program on the runner; what others do is not known.
var (
	bringsBuildx    = regexp.MustCompile(`^docker/setup-(buildx|docker)-action$`)
	actionsOfImages = regexp.MustCompile(`^(actions/(cache|checkout|github-script|setup-.*|upload-artifact)|docker(/|://).*|aws-actions/(amazon-ecr-login|configure-aws-credentials))$`)
	bringNothing    = strings.Fields(`. : [ awk base64 basename cat cd chmod cut date df dirname docker docker-compose du env envsubst
		find free git grep head hostname id jq kill logger ls md5sum mkdir nproc printf ps pwd rm sed seq sha256sum sleep
		sort stat tail test touch tr true type uname uniq wc which whoami yq`)
	oldCLI   = regexp.MustCompile(`\bpip[0-9.]* install [^\n]*\bawscli\b`)
	bringing = regexp.MustCompile(`GITHUB_PATH|\bPATH=|>\s*"?[^\s"]*/s?bin/`)
)

// brings notes what a script may put on the runner. Both patterns are slow where there is nothing of theirs.
func (j *job) brings(text string) {
	j.installsOldCLI = j.installsOldCLI || strings.Contains(text, "awscli") && oldCLI.MatchString(text)
	j.brought = j.brought || (strings.Contains(text, "PATH") || strings.Contains(text, "bin/")) && bringing.MatchString(text)
}

// mayBring notes what an action may put on the runner.
func (a *action) mayBring(name string) {
	a.job.hasBuildx = a.hasBuildx || bringsBuildx.MatchString(name)
	a.job.brought = a.brought || !actionsOfImages.MatchString(name)
}

// needsBuildx notes an action that ends where there is no buildx (docker/build-push-action, src/main.ts, from version 2).
func (a *action) needsBuildx() {
	if !a.brought && !a.hasBuildx && !a.node.Has("continue-on-error") && !strings.HasSuffix(a.uses().Value, "@v1") {
		a.requires(requirement{scope: a.scope, tool: facts.Text{Value: "docker buildx", Place: a.node.Place, There: true}})
	}
}

// program notes a tool that no step so far may have brought, and what the command may put on the runner.
func (c *command) program() {
	name := c.word(0)
	if name == "docker" && c.word(1) == "buildx" && !c.hasBuildx {
		name = "docker buildx"
	}
	switch {
	case len(c.words) == 0 || c.brought:
	case slices.Contains(tools, name):
		if c.endsJob() || c.asksPassword() && c.endsOnErrors && !c.mayFail && !c.passedOver {
			c.requires(requirement{scope: c.step, tool: facts.Text{Value: name, Place: c.at, There: true}})
		}
	case name == "docker" && slices.Contains([]string{"cp", "run"}, c.word(1)):
		c.job.brought = true
	default:
		c.job.brought = !slices.Contains(bringNothing, name)
	}
}

// asksPassword reports whether a login is to get what the command prints: without it the login fails.
func (c *command) asksPassword() bool {
	one, two := c.first(c.operands(awsOptions))
	return c.word(0) == "aws" && one == "ecr" && strings.HasPrefix(two, "get-login")
}

// requestName matches the subcommands of "aws ecr" that are requests. IAM calls them alike
// (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html).
var requestName = regexp.MustCompile(`^(batch|complete|create|delete|describe|get|initiate|list|put|set|start|upload)(-[a-z]+)+$`)

// asks reads another request of an image repository than those of logins and pushes.
func (c *command) asks(operation string) {
	s := c.seen()
	names := slices.Concat(c.flags("--repository-name"), c.list("--repository-names"))
	if !requestName.MatchString(operation) || !c.asksAsRole(s) {
		return
	}
	in, action, otherwise := c.step, actionOf(operation), ""
	if last := len(in.guards) - 1; operation == "create-repository" && last >= 0 && strings.Contains(in.guards[last], "aws ecr describe-repositories") {
		in.guards, action, otherwise = in.guards[:last:last], actionOf("describe-repositories"), action
	}
	for _, host := range c.registryAsked(s) {
		for _, name := range names {
			for _, a := range c.step.join(c.step.join(value{host}, valueOf("/")), name) {
				if one, ok := imageOf(a.string().trim(), c.at, facts.Pulls); ok && one.certain {
					request := c.request(action, a.world)
					request.Otherwise, request.Registry, request.Name = otherwise, one.push.Registry, one.push.Name
					s := in
					if len(name) > 1 {
						s = s.narrow([]world{a.world})
					}
					c.requires(requirement{scope: s, request: &request})
				}
			}
		}
	}
}

// asksAsRole reports whether the command asks AWS itself, with the job's own credentials.
func (c *command) asksAsRole(s scope) bool {
	return c.asksElsewhere(s) == "" && len(s.emptied())+len(c.flags("--profile")) == 0
}

func (c *command) request(action string, w world) facts.Request {
	return facts.Request{Place: c.at, Action: action, Needed: c.endsJob(), As: c.logins.as,
		Sometimes: c.logins.as != nil && !c.logins.asScope.includes(c.step, w)}
}

// serviceRequests are commands of other services that builds need before they push, and the action that each is.
var serviceRequests = map[string]string{
	"codeartifact get-authorization-token": "codeartifact:GetAuthorizationToken",
	"codeartifact login":                   "codeartifact:GetAuthorizationToken",
	"eks describe-cluster":                 "eks:DescribeCluster",
	"eks update-kubeconfig":                "eks:DescribeCluster",
	"s3 cp":                                "s3:GetObject",
	"secretsmanager get-secret-value":      "secretsmanager:GetSecretValue",
	"ssm get-parameter":                    "ssm:GetParameter",
	"ssm get-parameters":                   "ssm:GetParameters",
	"ssm get-parameters-by-path":           "ssm:GetParametersByPath",
}

// asksService reads a request of another service. What it is for is not read.
func (c *command) asksService(operands []int) {
	one, two := c.first(operands)
	action := serviceRequests[one+" "+two]
	if one == "s3" && len(operands) > 2 {
		if _, bucket := c.words[operands[2]].cutPrefix("s3://"); !bucket {
			action = "s3:PutObject"
		}
	}
	if action != "" && c.word(0) == "aws" && !slices.ContainsFunc(operands, func(i int) bool { return c.word(i) == "help" }) && c.asksAsRole(c.seen()) {
		request := c.request(action, nil)
		c.requires(requirement{scope: c.step, request: &request})
	}
}

func actionOf(operation string) string {
	action := "ecr:"
	for _, word := range strings.Split(operation, "-") {
		action += strings.ToUpper(word[:1]) + word[1:]
	}
	return action
}

// registryAsked is the registry of the account and the region that a request is for; none if the variables do not
// determine the region alone.
func (c *command) registryAsked(s scope) value {
	region := s.regionIn("AWS_REGION", c.at).value
	for _, given := range c.flags("--region") {
		region = c.step.here(given)
	}
	if _, preset := s.env.get("AWS_DEFAULT_REGION"); region == nil && preset {
		return nil
	}
	if region == nil {
		region = value{{text: textStanding(facts.PodRegion)}}
	}
	account := accountOf(c.logins.as)
	for _, given := range c.flags("--registry-id") {
		account = given
	}
	host := c.step.join(c.step.join(account, valueOf(".dkr.ecr.")), region)
	return c.step.join(host, valueOf(".amazonaws.com"))
}
