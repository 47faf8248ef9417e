package migrate

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// awsUse is something that a job runs and that needs AWS for more than images.
type awsUse struct {
	what  string
	place source.Place
	// unread says that whether it needs AWS is in no file that is read; allowed that a pool's role
	// may do it.
	unread, allowed bool
}

// usesOfAWS finds what the job's steps run besides what preflight's reader reads: commands and
// actions that talk to AWS about something else than images.
func (t *tree) usesOfAWS(j *job) (uses []awsUse) {
	roots := []*source.Node{j.member.Value.Get("steps")}
	for _, file := range t.workflowsAndActions() {
		if j.actions[file] {
			roots = append(roots, t.roots[file].Get("runs", "steps"))
		}
	}
	for _, steps := range roots {
		if steps == nil {
			continue
		}
		for _, step := range steps.Items {
			if action := step.Get("uses"); action.Scalar() {
				uses = append(uses, usesOfAction(action)...)
			}
			if script := step.Get("run"); script != nil && script.Kind == source.String {
				uses = append(uses, usesOfScript(script)...)
			}
		}
	}
	return uses
}

func (t *tree) workflowsAndActions() (files []string) {
	for file := range t.roots {
		files = append(files, file)
	}
	slices.Sort(files)
	return files
}

var (
	// forImages are the actions of AWS that a push needs.
	forImages = []string{"aws-actions/amazon-ecr-login", "aws-actions/configure-aws-credentials"}
	// forAWS are names of actions that talk to AWS.
	forAWS = regexp.MustCompile(`^aws-actions/|(^|[/_-])(aws|s3|ecs|eks|lambda|cloudfront|cloudformation|terraform|terragrunt|tofu|cdk|serverless|sam|pulumi|beanstalk|copilot)($|[/_-])`)
	// ofGitHubAndDocker are the owners of actions that need no AWS.
	ofGitHubAndDocker = regexp.MustCompile(`^(actions|docker|github)/|^docker://|^\./`)
)

func usesOfAction(node *source.Node) []awsUse {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(node.Text)), "@")
	switch {
	case slices.Contains(forImages, name), ofGitHubAndDocker.MatchString(name), strings.Contains(name, "/setup-"):
		return nil
	case forAWS.MatchString(name):
		return []awsUse{{what: node.Text, place: node.Place}}
	}
	return []awsUse{{what: node.Text, place: node.Place, unread: true}}
}

// tools are commands that talk to AWS.
var tools = []string{"terraform", "terragrunt", "tofu", "pulumi", "cdk", "sam", "serverless", "sls", "eksctl", "copilot", "eb", "chamber", "s3cmd"}

// mayUse are commands that may talk to AWS, by what is in files or in a kubeconfig.
var mayUse = []string{"make", "just", "task", "mage", "ansible-playbook", "kubectl"}

// mayRun are the commands of the AWS CLI that a pool's role may run.
var mayRun = []string{"ecr get-login-password", "ecr get-login", "sts get-caller-identity", "sts assume-role", "configure set", "configure list"}

func usesOfScript(node *source.Node) (uses []awsUse) {
	script := shell.Parse(node.Text)
	for _, statement := range script.Statements {
		syntax.Walk(statement, func(n syntax.Node) bool {
			call, ok := n.(*syntax.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			if found := usesOfCommand(literalWords(call)); found.what != "" {
				found.place = lineOf(node, script.Line(call.Pos()))
				uses = append(uses, found)
			}
			return true
		})
	}
	return uses
}

// literalWords returns the words of a command, "" for each that is not literal.
func literalWords(call *syntax.CallExpr) (words []string) {
	for _, word := range call.Args {
		words = append(words, word.Lit())
	}
	return words
}

func usesOfCommand(words []string) awsUse {
	for len(words) > 1 && slices.Contains([]string{"sudo", "exec", "time", "npx", "command", "bash", "sh", "python", "python3", "node", "ruby"}, words[0]) {
		words = words[1:]
	}
	name := words[0]
	switch {
	case name == "aws":
		return usesOfCLI(words[1:])
	case slices.Contains(tools, name):
		return awsUse{what: name}
	case slices.Contains(mayUse, name), strings.HasPrefix(name, "./"), slices.Contains([]string{".sh", ".py", ".js", ".mjs", ".ts", ".rb"}, path.Ext(name)):
		return awsUse{what: name, unread: true}
	}
	return awsUse{}
}

// usesOfCLI is a command of the AWS CLI.
func usesOfCLI(words []string) awsUse {
	var command []string
	for i := 0; i < len(words) && len(command) < 2; i++ {
		switch {
		case words[i] == "--version":
			return awsUse{}
		case strings.HasPrefix(words[i], "--") && !strings.Contains(words[i], "=") && !strings.HasPrefix(words[i], "--no-"):
			i++ // its value
		case !strings.HasPrefix(words[i], "-"):
			command = append(command, words[i])
		}
	}
	named := strings.TrimSpace(strings.Join(command, " "))
	return awsUse{what: strings.TrimSpace("aws " + named), allowed: slices.Contains(mayRun, named)}
}

// lineOf is the place of a script's line, counted from 0.
func lineOf(node *source.Node, line int) source.Place {
	if !strings.Contains(strings.TrimRight(node.Text, "\n"), "\n") && line == 0 {
		return node.Place
	}
	return source.Place{File: node.Place.File, Line: node.Place.Line + 1 + line}
}
