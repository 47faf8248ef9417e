package unrendered

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

var (
	// variable is what envsubst and Flux' postBuild fill in, or a template's action.
	variable = regexp.MustCompile(`\$\{[A-Za-z_]\w*(?::?[-=?+][^}]*)?\}|\{\{.*?\}\}`)
	// action is a template's alone: GitHub's expressions have a $ before it.
	action = regexp.MustCompile(`(?:^|[^$])(\{\{.*?\}\})`)
)

// Template returns the first action of a text that is no YAML because it is a template,
// and reports whether it is one of a runner or of what a runner needs.
func Template(file string, content []byte) (found facts.Unrendered, ofRunner, ok bool) {
	first := action.FindSubmatchIndex(content)
	if first == nil {
		return facts.Unrendered{}, false, false
	}
	found = facts.Unrendered{
		Place:        source.Place{File: file, Line: 1 + strings.Count(string(content[:first[2]]), "\n"), Column: 1},
		What:         "the file is a template",
		Placeholders: []string{string(content[first[2]:first[3]])},
	}
	signs := append([]string{"kind: ServiceAccount", "eks.amazonaws.com/", "AWS::IAM::Role"}, runnerKinds...)
	return found, slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(string(content), sign) }), true
}

// judged are the kinds of Kubernetes whose names the proof depends on.
var judged = []string{
	"ServiceAccount", "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob",
	"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
	"Runner", "RunnerDeployment", "RunnerReplicaSet", "RunnerSet", "AutoscalingRunnerSet", "HorizontalRunnerAutoscaler",
}

// names are the fields whose values are names: none of Kubernetes, GitHub or AWS has a
// placeholder in it.
var names = []string{
	"name", "namespace", "serviceAccountName", "eks.amazonaws.com/role-arn",
	"repository", "organization", "enterprise", "group", "labels", "containerMode",
	"githubConfigUrl", "runnerScaleSetName", "runnerGroup",
}

// Placeholders are the names in a Kubernetes object that are not filled in.
func Placeholders(root *source.Node) []facts.Text {
	if kind, _, _ := kindOf(root); !slices.Contains(judged, kind) {
		return nil
	}
	return placeholders(root, "")
}

func placeholders(node *source.Node, field string) []facts.Text {
	var found []facts.Text
	switch {
	case node.Scalar():
		if slices.Contains(names, field) && variable.MatchString(node.Text) {
			found = append(found, facts.TextOf(node, node.Place))
		}
	case node != nil:
		for _, item := range node.Items {
			found = append(found, placeholders(item, field)...)
		}
		for _, member := range node.Members {
			found = append(found, placeholders(member.Value, member.Name)...)
		}
	}
	return found
}
