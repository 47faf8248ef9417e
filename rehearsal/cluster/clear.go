package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/metadata"
)

// at is how many kinds of objects are cleared at once.
const at = 8

// Clear removes every namespace that is not the cluster's own, with all that is in
// it, and what is in "default", as the namespace controller of kube-controller-manager
// would, except for finalizers: they are dropped. A namespace is marked as terminating first,
// so that no controller puts anything into it meanwhile.
func (c *Cluster) Clear(ctx context.Context) error {
	namespaces, err := c.end(ctx)
	if err != nil {
		return err
	}
	left := 0 // as of the last look
	err = wait.PollUntilContextCancel(ctx, 10*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		met, err := c.sweep(ctx)
		if err != nil {
			return false, err
		}
		left = met
		return left == 0, nil
	})
	if err != nil {
		return fmt.Errorf("clear: %d objects are left: %w", left, err)
	}
	for _, namespace := range namespaces {
		namespace.Spec.Finalizers, namespace.ResourceVersion = nil, "" // whatever was changed meanwhile
		if _, err := c.Client.CoreV1().Namespaces().Finalize(ctx, &namespace, meta.UpdateOptions{}); gone(err) != nil {
			return fmt.Errorf("clear: namespace %q: %w", namespace.Name, err)
		}
	}
	return nil
}

// end begins the end of each namespace that is not the cluster's own.
func (c *Cluster) end(ctx context.Context) ([]core.Namespace, error) {
	all, err := c.Client.CoreV1().Namespaces().List(ctx, meta.ListOptions{})
	if err != nil {
		return nil, err
	}
	var ending []core.Namespace
	for _, namespace := range all.Items {
		if own(namespace.Name) || namespace.Name == meta.NamespaceDefault {
			continue
		}
		if err := c.Client.CoreV1().Namespaces().Delete(ctx, namespace.Name, meta.DeleteOptions{}); gone(err) != nil {
			return nil, err
		}
		ending = append(ending, namespace)
	}
	return ending, nil
}

// own says that a namespace is Kubernetes' own.
func own(namespace string) bool { return strings.HasPrefix(namespace, "kube-") }

// sweep deletes every object once and counts those that it met.
func (c *Cluster) sweep(ctx context.Context) (int, error) {
	resources, err := c.resources()
	if err != nil {
		return 0, err
	}
	client, err := metadata.NewForConfig(c.Config)
	if err != nil {
		return 0, err
	}
	met := make([]int, len(resources))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(at)
	for i, resource := range resources {
		group.Go(func() (err error) {
			met[i], err = sweepKind(ctx, client.Resource(resource))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	sum := 0
	for _, n := range met {
		sum += n
	}
	return sum, nil
}

// resources are the kinds of objects that live in namespaces and can be deleted.
func (c *Cluster) resources() ([]schema.GroupVersionResource, error) {
	lists, err := c.Client.Discovery().ServerPreferredNamespacedResources()
	if err != nil {
		return nil, err
	}
	lists = discovery.FilteredBy(discovery.SupportsAllVerbs{Verbs: []string{"list", "delete", "patch"}}, lists)
	set, err := discovery.GroupVersionResources(lists)
	if err != nil {
		return nil, err
	}
	var resources []schema.GroupVersionResource
	for resource := range set {
		resources = append(resources, resource)
	}
	return resources, nil
}

func sweepKind(ctx context.Context, client metadata.Getter) (int, error) {
	list, err := client.List(ctx, meta.ListOptions{})
	if gone(err) != nil || list == nil {
		return 0, gone(err)
	}
	met := 0
	for _, object := range list.Items {
		if own(object.Namespace) || builtIn(object) {
			continue
		}
		met++
		if err := sweepObject(ctx, client.Namespace(object.Namespace), object); err != nil {
			return 0, err
		}
	}
	return met, nil
}

// builtIn says that an object of "default" is there in every cluster.
func builtIn(object meta.PartialObjectMetadata) bool {
	return object.Namespace == meta.NamespaceDefault && (object.Name == "default" || object.Name == "kubernetes")
}

// sweepObject drops the finalizers last: to an object that is being deleted, its
// controller can add none.
func sweepObject(ctx context.Context, client metadata.ResourceInterface, object meta.PartialObjectMetadata) error {
	now := int64(0)
	if err := client.Delete(ctx, object.Name, meta.DeleteOptions{GracePeriodSeconds: &now}); gone(err) != nil {
		return err
	}
	if len(object.Finalizers) == 0 {
		return nil
	}
	_, err := client.Patch(ctx, object.Name, types.MergePatchType, []byte(`{"metadata":{"finalizers":null}}`), meta.PatchOptions{})
	return gone(err)
}

// gone leaves out the error that there is no such object.
func gone(err error) error {
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
