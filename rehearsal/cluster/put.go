package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/yaml"
)

// definitions are the CustomResourceDefinitions.
var definitions = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}

// pause is the time between two looks at what is waited for.
const pause = 50 * time.Millisecond

// Define puts a CustomResourceDefinition there and waits until the API server serves it.
func (c *Cluster) Define(ctx context.Context, manager string, definition *unstructured.Unstructured) error {
	if err := c.Put(ctx, manager, definitions, definition); err != nil {
		return err
	}
	err := wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		served, err := c.Dynamic.Resource(definitions).Get(ctx, definition.GetName(), meta.GetOptions{})
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

// PutTyped is Put for an object of one of Kubernetes' own types.
func (c *Cluster) PutTyped(ctx context.Context, manager string, resource schema.GroupVersionResource, object runtime.Object) error {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return err
	}
	return c.Put(ctx, manager, resource, &unstructured.Unstructured{Object: content})
}

// Put is "kubectl apply --server-side" under the name of a manager.
func (c *Cluster) Put(ctx context.Context, manager string, resource schema.GroupVersionResource, object *unstructured.Unstructured) error {
	_, err := c.Dynamic.Resource(resource).Namespace(object.GetNamespace()).Apply(ctx, object.GetName(), object, meta.ApplyOptions{FieldManager: manager, Force: true})
	return err
}

// Read reads an object from a file.
func Read(path string) (*unstructured.Unstructured, error) {
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
