package scaleset

import (
	"context"
	"fmt"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"keyless-runners/rehearsal/cluster"
)

// define puts the definitions of the module's chart there. Their Pod templates are those of
// Kubernetes 1.26, from which the API server would drop what is newer, such as a native
// sidecar's restartPolicy: they get its own schema of a Pod instead, as those of the
// controller's present version have.
func (c *Controller) define(ctx context.Context) error {
	pod, err := podSpec(ctx, c.Cluster)
	if err != nil {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(c.Cluster.Programs.ManagerSource, "charts/gha-runner-scale-set-controller/crds/*.yaml"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		definition, err := cluster.Read(path)
		if err != nil {
			return err
		}
		if err := widen(definition, pod); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := c.Cluster.Define(ctx, manager, definition); err != nil {
			return err
		}
	}
	return nil
}

// widen gives every Pod template of a definition the schema.
func widen(definition *unstructured.Unstructured, pod map[string]any) error {
	versions, _, err := unstructured.NestedSlice(definition.Object, "spec", "versions")
	if err != nil || len(versions) != 1 {
		return fmt.Errorf("%d versions, want 1: %w", len(versions), err)
	}
	schema, _, err := unstructured.NestedMap(versions[0].(map[string]any), "schema", "openAPIV3Schema")
	if err != nil {
		return err
	}
	replaceTemplates(schema, pod)
	if err := unstructured.SetNestedMap(versions[0].(map[string]any), schema, "schema", "openAPIV3Schema"); err != nil {
		return err
	}
	return unstructured.SetNestedSlice(definition.Object, versions, "spec", "versions")
}

// replaceTemplates puts the schema in place of each Pod's: of each object that has containers.
func replaceTemplates(schema map[string]any, pod map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	for name, value := range properties {
		property, _ := value.(map[string]any)
		if of, _ := property["properties"].(map[string]any); name == "spec" && of["containers"] != nil {
			properties[name] = pod
			continue
		}
		replaceTemplates(property, pod)
	}
}
