package live

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Permissions are the least that Read needs in an account.
type Permissions struct {
	// Where names the account.
	Where  string
	Policy policy.Document
}

// JSON is the policy, indented.
func (p Permissions) JSON() string {
	var text bytes.Buffer
	if err := json.Indent(&text, p.Policy.JSON(), "", "  "); err != nil {
		panic(err) // what policy writes is JSON
	}
	return text.String()
}

// PermissionsPolicies are the IAM policies of the principals that Read runs as, one for each account.
// To ask for one's own identity needs no permission.
func PermissionsPolicies(request Request) []Permissions {
	var found []Permissions
	for _, a := range request.accounts() {
		document := policy.Document{Version: policy.Version, Statement: []policy.Statement{
			{Sid: "ReadAccount", Effect: policy.EffectAllow, Action: actions(accountCalls), Resource: policy.Values{"*"}},
			{Sid: "ReadImageRepositories", Effect: policy.EffectAllow, Action: actions(registryCalls), Resource: policy.Values{"*"}},
		}}
		if slices.ContainsFunc(request.PullThroughCaches, func(r identity.Registry) bool { return r.Account == a.id }) {
			document.Statement = append(document.Statement, policy.Statement{Sid: "ReadPullThroughCaches", Effect: policy.EffectAllow, Action: actions(cacheCalls), Resource: policy.Values{"*"}})
		}
		if clusters := clustersStatement(request, a); len(clusters.Resource) > 0 {
			document.Statement = append(document.Statement, clusters)
		}
		found = append(found, Permissions{inAccount(a.id), document})
	}
	return found
}

// clustersStatement is about the clusters of an account, and what belongs to them.
func clustersStatement(request Request, a accountRead) policy.Statement {
	statement := policy.Statement{Sid: "ReadClusters", Effect: policy.EffectAllow, Action: actions(clusterCalls)}
	for _, child := range childCalls {
		statement.Action = append(statement.Action, child.call.Permission)
	}
	for _, c := range request.Clusters {
		if c.Account != a.id {
			continue
		}
		c.Account = cmp.Or(c.Account, "*")
		statement.Resource = append(statement.Resource, c.arn().String())
		for _, child := range childCalls {
			if child.kind != "" {
				statement.Resource = append(statement.Resource, c.arn().Children(child.kind))
			}
		}
	}
	return statement
}

func actions(calls []Call) policy.Values {
	var found policy.Values
	for _, call := range calls {
		found = append(found, call.Permission)
	}
	return found
}

// ClusterRoleName is the name of the ClusterRole, and of the group that it is bound to.
const ClusterRoleName = "keyless-doctor"

// ClusterRole is the role of Kubernetes that Read needs in a cluster, and its binding to a group,
// as YAML. An EKS access entry puts an IAM role into the group.
func ClusterRole() string {
	groups := map[string][]string{}
	var order []string
	for _, of := range resources {
		if groups[of.Group] == nil {
			order = append(order, of.Group)
		}
		groups[of.Group] = append(groups[of.Group], of.Resource)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: %s\nrules:\n", ClusterRoleName)
	for _, group := range order {
		fmt.Fprintf(&out, "  - apiGroups: [%q]\n    resources: [%s]\n    verbs: [list]\n", group, strings.Join(slices.Sorted(slices.Values(groups[group])), ", "))
	}
	fmt.Fprintf(&out, "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: %[1]s\n"+
		"roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: %[1]s\n"+
		"subjects:\n  - apiGroup: rbac.authorization.k8s.io\n    kind: Group\n    name: %[1]s\n", ClusterRoleName)
	return out.String()
}
