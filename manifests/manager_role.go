package manifests

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// rule is a PolicyRule of Kubernetes' RBAC.
type rule struct {
	APIGroups []string `json:"apiGroups"`
	Resources []string `json:"resources"`
	Verbs     []string `json:"verbs"`
}

// managerRules are what the controller of scale sets does in the namespace of its runners
// (charts/gha-runner-scale-set, manager_role.yaml of 0.14.2). Without them a scale set
// stays pending.
var managerRules = []rule{
	{[]string{""}, []string{"pods"}, []string{"create", "delete", "get"}},
	{[]string{""}, []string{"pods/status"}, []string{"get"}},
	{[]string{""}, []string{"secrets", "serviceaccounts"}, []string{"create", "delete", "get", "list", "patch", "update"}},
	{[]string{"rbac.authorization.k8s.io"}, []string{"roles", "rolebindings"}, []string{"create", "delete", "get", "patch", "update"}},
}

// rulesOf are managerRules, and what the controller needs to read the server's certificate.
func rulesOf(pool fleet.Pool) []rule {
	if pool.ScaleSet.GitHubServerTLS == nil {
		return managerRules
	}
	return append(slices.Clone(managerRules), rule{[]string{""}, []string{"configmaps"}, []string{"get"}})
}

// newManagerRole lets the cluster's controller make the pool's runners.
func newManagerRole(scope constructs.Construct, pool fleet.Pool) {
	name, controller := string(pool.ScaleSet.Name)+"-manager", pool.Cluster.Controller
	role := cdk8s.NewApiObject(scope, jsii.String("Role"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("rbac.authorization.k8s.io/v1"),
		Kind:       jsii.String("Role"),
		Metadata:   metadata(pool, name),
	})
	role.AddJsonPatch(add("/rules", rulesOf(pool)))
	binding := cdk8s.NewApiObject(scope, jsii.String("RoleBinding"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("rbac.authorization.k8s.io/v1"),
		Kind:       jsii.String("RoleBinding"),
		Metadata:   metadata(pool, name),
	})
	binding.AddJsonPatch(
		add("/roleRef", map[string]string{"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name}),
		add("/subjects", []map[string]string{{"kind": "ServiceAccount", "name": string(controller.ServiceAccount), "namespace": string(controller.Namespace)}}),
	)
}
