package github

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// roleARN is what is written as an IAM role's ARN, well-formed or not.
var roleARN = regexp.MustCompile(`\barn` + `:[A-Za-z0-9-]*:iam:[^\s:'"]*:[^\s:'"]*:role/[A-Za-z0-9+=,.@_/-]*`)

// expressions are those of GitHub, for which a "$" stands here.
var expressions = regexp.MustCompile(`\$\{\{[^}]*\}\}`)

// roleARNs finds the role ARNs in the variables, inputs and scripts of the job.
func (j *job) roleARNs() {
	seen := map[string]bool{}
	find := func(n *source.Node) bool {
		if n.Kind == source.String && strings.Contains(n.Text, ":role/") {
			for _, found := range roleARNsIn(n.Text) {
				if key := found.Value + "\x00" + found.Unknown; !seen[key] {
					seen[key] = true
					found.Place, found.There = n.Place, true
					j.fact.RoleARNs = append(j.fact.RoleARNs, found)
				}
			}
		}
		return true
	}
	j.root.Get("env").Walk(find)
	j.node.Walk(find)
}

// roleARNsIn are the ARNs in a text. One of which a part is a variable or an
// expression is unknown.
func roleARNsIn(text string) (found []facts.Text) {
	text = expressions.ReplaceAllString(text, "$$")
	for _, at := range roleARN.FindAllStringIndex(text, -1) {
		arn := strings.TrimRight(text[at[0]:at[1]], ".,")
		if strings.HasPrefix(text[at[1]:], "$") || strings.Contains(arn, "$") {
			found = append(found, facts.Text{Unknown: "a part of " + short(arn) + " is known only when the job runs"})
			continue
		}
		found = append(found, facts.Text{Value: arn})
	}
	return found
}
