package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// rule is a PolicyRule of Kubernetes' RBAC.
type rule struct {
	APIGroups []string `json:"apiGroups"`
	Resources []string `json:"resources"`
	Verbs     []string `json:"verbs"`
}

// newRole lets a ServiceAccount do in the pool's namespace what the rules say.
func newRole(scope constructs.Construct, pool fleet.Pool, name string, rules []rule, to identity.Subject) {
	role := cdk8s.NewApiObject(scope, jsii.String("Role-"+name), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("rbac.authorization.k8s.io/v1"),
		Kind:       jsii.String("Role"),
		Metadata:   metadata(pool, name),
	})
	role.AddJsonPatch(add("/rules", rules))
	binding := cdk8s.NewApiObject(scope, jsii.String("RoleBinding-"+name), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("rbac.authorization.k8s.io/v1"),
		Kind:       jsii.String("RoleBinding"),
		Metadata:   metadata(pool, name),
	})
	binding.AddJsonPatch(
		add("/roleRef", map[string]string{"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name}),
		add("/subjects", []map[string]string{{"kind": "ServiceAccount", "name": string(to.ServiceAccount), "namespace": string(to.Namespace)}}),
	)
}
