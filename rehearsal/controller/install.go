package controller

import (
	"context"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
	rbac "k8s.io/api/rbac/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/cluster"
)

var (
	roles        = rbac.SchemeGroupVersion.WithResource("clusterroles")
	roleBindings = rbac.SchemeGroupVersion.WithResource("clusterrolebindings")
)

// install applies the definitions that the controller's Helm chart installs, and the
// manager's role.
func (c *Controller) install(ctx context.Context) error {
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return err
	}
	paths, err := filepath.Glob(c.source("charts/actions-runner-controller/crds/*.yaml"))
	if err != nil {
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for _, path := range paths {
		group.Go(func() error { return c.define(groupCtx, path) })
	}
	group.Go(func() error { return c.authorize(groupCtx) })
	return group.Wait()
}

// source is a file of the controller's module.
func (c *Controller) source(path string) string {
	return filepath.Join(c.Cluster.Programs.ManagerSource, path)
}

func (c *Controller) define(ctx context.Context, path string) error {
	definition, err := cluster.Read(path)
	if err != nil {
		return err
	}
	return c.Cluster.Define(ctx, user, definition)
}

// authorize gives the manager the role that it ships with.
func (c *Controller) authorize(ctx context.Context) error {
	role, err := cluster.Read(c.source("config/rbac/role.yaml"))
	if err != nil {
		return err
	}
	if err := c.Cluster.Put(ctx, user, roles, role); err != nil {
		return err
	}
	return c.Cluster.PutTyped(ctx, user, roleBindings, &rbac.ClusterRoleBinding{
		TypeMeta:   meta.TypeMeta{APIVersion: rbac.SchemeGroupVersion.String(), Kind: "ClusterRoleBinding"},
		ObjectMeta: meta.ObjectMeta{Name: role.GetName()},
		RoleRef:    rbac.RoleRef{APIGroup: rbac.GroupName, Kind: "ClusterRole", Name: role.GetName()},
		Subjects:   []rbac.Subject{{APIGroup: rbac.GroupName, Kind: rbac.UserKind, Name: user}},
	})
}
