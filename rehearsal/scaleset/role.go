package scaleset

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	core "k8s.io/api/core/v1"
	rbac "k8s.io/api/rbac/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

var (
	namespaces      = core.SchemeGroupVersion.WithResource("namespaces")
	serviceAccounts = core.SchemeGroupVersion.WithResource("serviceaccounts")
	roles           = rbac.SchemeGroupVersion.WithResource("roles")
	roleBindings    = rbac.SchemeGroupVersion.WithResource("rolebindings")
	clusterRoles    = rbac.SchemeGroupVersion.WithResource("clusterroles")
	clusterBindings = rbac.SchemeGroupVersion.WithResource("clusterrolebindings")
)

// Authorize makes the controller's namespace and ServiceAccount, and gives it the two roles of
// its chart: one for the cluster, one for the namespace, where its listeners run.
func (c *Controller) Authorize(ctx context.Context) error {
	own := meta.ObjectMeta{Name: string(c.ServiceAccount.ServiceAccount), Namespace: string(c.ServiceAccount.Namespace)}
	all := meta.ObjectMeta{Name: own.Name}
	inCluster, err := c.rules("manager_cluster_role.yaml")
	if err != nil {
		return err
	}
	inNamespace, err := c.rules("manager_listener_role.yaml")
	if err != nil {
		return err
	}
	subjects := []rbac.Subject{{Kind: rbac.ServiceAccountKind, Name: own.Name, Namespace: own.Namespace}}
	reference := func(kind string) rbac.RoleRef {
		return rbac.RoleRef{APIGroup: rbac.GroupName, Kind: kind, Name: own.Name}
	}
	typed := func(version schema.GroupVersion, kind string) meta.TypeMeta {
		return meta.TypeMeta{APIVersion: version.String(), Kind: kind}
	}
	put := func(resource schema.GroupVersionResource, object runtime.Object) {
		err = errors.Join(err, c.Cluster.PutTyped(ctx, manager, resource, object))
	}
	put(namespaces, &core.Namespace{TypeMeta: typed(core.SchemeGroupVersion, "Namespace"), ObjectMeta: meta.ObjectMeta{Name: own.Namespace}})
	put(serviceAccounts, &core.ServiceAccount{TypeMeta: typed(core.SchemeGroupVersion, "ServiceAccount"), ObjectMeta: own})
	put(clusterRoles, &rbac.ClusterRole{TypeMeta: typed(rbac.SchemeGroupVersion, "ClusterRole"), ObjectMeta: all, Rules: inCluster})
	put(clusterBindings, &rbac.ClusterRoleBinding{
		TypeMeta: typed(rbac.SchemeGroupVersion, "ClusterRoleBinding"), ObjectMeta: all, RoleRef: reference("ClusterRole"), Subjects: subjects,
	})
	put(roles, &rbac.Role{TypeMeta: typed(rbac.SchemeGroupVersion, "Role"), ObjectMeta: own, Rules: inNamespace})
	put(roleBindings, &rbac.RoleBinding{
		TypeMeta: typed(rbac.SchemeGroupVersion, "RoleBinding"), ObjectMeta: own, RoleRef: reference("Role"), Subjects: subjects,
	})
	return err
}

// placeholders matches what the chart fills in. No rule of the two roles has one.
var placeholders = regexp.MustCompile(`\{\{[^}]*\}\}`)

// rules returns the rules of a role of the controller's chart.
func (c *Controller) rules(template string) ([]rbac.PolicyRule, error) {
	path := filepath.Join(c.Cluster.Programs.ManagerSource, "charts/gha-runner-scale-set-controller/templates", template)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var role rbac.Role
	if err := yaml.Unmarshal(placeholders.ReplaceAll(text, nil), &role); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(role.Rules) == 0 {
		return nil, fmt.Errorf("%s has no rules", path)
	}
	return role.Rules, nil
}
