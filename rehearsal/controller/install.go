package controller

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
	rbac "k8s.io/api/rbac/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/yaml"
)

var (
	definitions  = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}
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

// define applies a definition and waits until the API server serves it.
func (c *Controller) define(ctx context.Context, path string) error {
	definition, err := read(path)
	if err != nil {
		return err
	}
	if err := c.apply(ctx, definitions, definition); err != nil {
		return err
	}
	err = wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		served, err := c.Cluster.Dynamic.Resource(definitions).Get(ctx, definition.GetName(), meta.GetOptions{})
		return err == nil && established(served), err
	})
	if err != nil {
		return fmt.Errorf("%s is not established: %w", definition.GetName(), err)
	}
	return nil
}

func established(definition *unstructured.Unstructured) bool {
	conditions, _, _ := unstructured.NestedSlice(definition.Object, "status", "conditions")
	for _, condition := range conditions {
		if c, ok := condition.(map[string]any); ok && c["type"] == "Established" && c["status"] == "True" {
			return true
		}
	}
	return false
}

// authorize gives the manager the role that it ships with.
func (c *Controller) authorize(ctx context.Context) error {
	role, err := read(c.source("config/rbac/role.yaml"))
	if err != nil {
		return err
	}
	if err := c.apply(ctx, roles, role); err != nil {
		return err
	}
	return c.applyTyped(ctx, roleBindings, &rbac.ClusterRoleBinding{
		TypeMeta:   meta.TypeMeta{APIVersion: rbac.SchemeGroupVersion.String(), Kind: "ClusterRoleBinding"},
		ObjectMeta: meta.ObjectMeta{Name: role.GetName()},
		RoleRef:    rbac.RoleRef{APIGroup: rbac.GroupName, Kind: "ClusterRole", Name: role.GetName()},
		Subjects:   []rbac.Subject{{APIGroup: rbac.GroupName, Kind: rbac.UserKind, Name: user}},
	})
}

func (c *Controller) applyTyped(ctx context.Context, resource schema.GroupVersionResource, object runtime.Object) error {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return err
	}
	return c.apply(ctx, resource, &unstructured.Unstructured{Object: content})
}

// apply is "kubectl apply --server-side".
func (c *Controller) apply(ctx context.Context, resource schema.GroupVersionResource, object *unstructured.Unstructured) error {
	options := meta.ApplyOptions{FieldManager: user, Force: true}
	_, err := c.Cluster.Dynamic.Resource(resource).Apply(ctx, object.GetName(), object, options)
	return err
}

func read(path string) (*unstructured.Unstructured, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(text, &object.Object); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if object.GetName() == "" {
		return nil, errors.New(path + " holds no object")
	}
	return object, nil
}
