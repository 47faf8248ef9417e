package terraform

import (
	"strings"

	"keyless-runners/preflight/facts"
)

// unread are kinds of resources that may let others push and that are not judged.
var unread = map[string]string{
	"aws_iam_user":            "IAM user",
	"aws_iam_group":           "IAM group",
	"aws_ecr_registry_policy": "registry policy",
}

// addUnread notes such a resource, and a Helm release of runners.
func (r *reader) addUnread(of *resource) {
	what := unread[of.kind]
	if chart := r.text(of, "chart"); of.kind == "helm_release" && strings.HasSuffix(chart.Value, "gha-runner-scale-set") {
		what = `the manifest, which "helm get manifest" prints, of`
	}
	if what != "" {
		r.facts.Unread = append(r.facts.Unread, facts.Unread{What: what + " " + of.address, Place: of.place})
	}
}
