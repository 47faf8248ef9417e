package manifests

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// managerRules are the permissions that the controller of scale sets needs in the namespace of
// its runners (charts/gha-runner-scale-set, manager_role.yaml of 0.14.2). Without them a scale set
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
	controller := pool.Cluster.Controller
	newRole(scope, pool, string(pool.ScaleSet.Name)+"-manager", rulesOf(pool),
		identity.Subject{Namespace: controller.Namespace, ServiceAccount: controller.ServiceAccount})
}
