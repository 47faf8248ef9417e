package github

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// secretsContext is the context of that name in an expression, up to the name of one of them.
var secretsContext = regexp.MustCompile(`(?i)(?:^|[^.\w'-])secrets\b\s*(\.|\[\s*')?`)

// everySecret looks for expressions that stand for all secrets, such as toJSON(secrets), or for
// one whose name only the run knows, and for what they are given to.
func (j *job) everySecret(root *source.Node, to string) {
	root.Walk(func(n *source.Node) bool {
		if uses := n.Get("uses"); n != root && uses.Scalar() {
			j.everySecret(n.Get("with"), "the action "+uses.Text)
			j.everySecret(n.Get("env"), "the action "+uses.Text)
			return false
		}
		if n.Kind == source.String && namesAllSecrets(n.Text) && j.once(n.Place) {
			j.fact.EverySecret = append(j.fact.EverySecret, facts.Text{Value: to, Place: n.Place, There: true})
		}
		return true
	})
}

func namesAllSecrets(text string) bool {
	for expression := range shell.Expressions(text) {
		if !strings.Contains(strings.ToLower(expression), "secrets") {
			continue
		}
		for _, match := range secretsContext.FindAllStringSubmatch(expression[len("${{"):], -1) {
			if match[1] == "" {
				return true
			}
		}
	}
	return false
}
