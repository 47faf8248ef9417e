package github

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// roleARN matches what is written as an IAM role's ARN, well-formed or not.
var roleARN = regexp.MustCompile(`\barn` + `:[A-Za-z0-9-]*:iam:[^\s:'"]*:[^\s:'"]*:role/[A-Za-z0-9+=,.@_/-]*`)

// expressions matches GitHub's expressions, for which a "$" stands here.
var expressions = regexp.MustCompile(`\$\{\{[^}]*\}\}`)

// roleARNs finds the role ARNs in the variables, inputs and scripts of the job, and
// what variables hold in place of one.
func (j *job) roleARNs() {
	seen := map[string]bool{}
	add := func(at source.Place, all []facts.Text) {
		for _, found := range all {
			if key := found.Value + "\x00" + found.Unknown; !seen[key] {
				seen[key] = true
				found.Place, found.There = at, true
				j.fact.RoleARNs = append(j.fact.RoleARNs, found)
			}
		}
	}
	find := func(n *source.Node) bool {
		for _, member := range n.Members {
			if isRoleARN(member) {
				add(member.Value.Place, []facts.Text{{Value: member.Value.Text}})
			}
		}
		if n.Kind == source.String && strings.Contains(n.Text, ":role/") {
			add(n.Place, roleARNsIn(n.Text))
		}
		return true
	}
	j.root.Get("env").Walk(find)
	j.node.Walk(find)
}

// isRoleARN reports whether a variable's name and value both say that it is a role's ARN,
// well-formed or not.
func isRoleARN(variable source.Member) bool {
	name, value := variable.Name, variable.Value
	return strings.Contains(name, "ROLE") && strings.HasSuffix(name, "ARN") && value.Kind == source.String &&
		strings.Count(value.Text, ":") == 5 && !strings.ContainsAny(value.Text, "$\n")
}

// roleARNsIn are the ARNs in a text. One of which a part is a variable or an
// expression is unknown.
func roleARNsIn(text string) (found []facts.Text) {
	text = expressions.ReplaceAllString(text, "$$")
	for _, at := range roleARN.FindAllStringIndex(text, -1) {
		arn := strings.TrimRight(text[at[0]:at[1]], ".,")
		if strings.HasPrefix(text[at[1]:], "$") || strings.Contains(arn, "$") {
			found = append(found, facts.Text{Unknown: "a part of " + facts.Short(arn) + " is known only when the job runs"})
			continue
		}
		found = append(found, facts.Text{Value: arn})
	}
	return found
}
