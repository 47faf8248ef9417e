package unrendered

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

var (
	// variable matches what envsubst, Flux' postBuild, templates, pipelines and sed fill in.
	variable = regexp.MustCompile(`\$\{[A-Za-z_]\w*(?::?[-=?+][^}]*)?\}|\{\{.*?\}\}|\$\([A-Za-z_]\w*\)|__[A-Z][A-Z0-9_]*__`)
	// action matches a template's alone: GitHub's expressions have a $ before the braces.
	action = regexp.MustCompile(`(?:^|[^$])(\{\{.*?\}\})`)
)

// TemplateError returns a *source.Error for a text that is not YAML because it is a
// template, nil for any other.
func TemplateError(file string, content []byte) error {
	first := action.FindSubmatchIndex(content)
	if first == nil {
		return nil
	}
	return &source.Error{
		Place:   source.Place{File: file, Line: 1 + bytes.Count(content[:first[2]], []byte("\n"))},
		Problem: fmt.Sprintf("a template, not YAML: %q is not filled in; render it first, as the tool that applies it does, such as \"helm template\"", content[first[2]:first[3]]),
	}
}

// judged are the kinds of objects on whose names the proof depends.
var judged = []string{
	"ClusterConfig",
	"ServiceAccount", "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob",
	"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
	"Runner", "RunnerDeployment", "RunnerReplicaSet", "RunnerSet", "AutoscalingRunnerSet", "HorizontalRunnerAutoscaler",
}

// placeholderNames are fields whose values are names. No valid name of Kubernetes, GitHub or AWS
// contains a placeholder.
var placeholderNames = []string{
	identity.AnnotationRoleARN,
	"name", "namespace", "serviceAccountName", "repository", "organization", "enterprise", "group", "labels", "containerMode",
	"githubConfigUrl", "runnerScaleSetName", "runnerGroup",
	"region", "roleName", "attachRoleARN", "attachPolicyARNs", "roleARN", "permissionPolicyARNs",
}

// Placeholders returns the names in a Kubernetes object that are not filled in.
func Placeholders(root *source.Node) []facts.Text {
	if !slices.Contains(judged, root.Word("kind")) {
		return nil
	}
	return placeholders(root, "")
}

func placeholders(node *source.Node, field string) []facts.Text {
	var found []facts.Text
	switch {
	case node.Scalar():
		if strings.ContainsAny(node.Text, "{(_") && slices.Contains(placeholderNames, field) && variable.MatchString(node.Text) {
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
