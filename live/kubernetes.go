package live

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/tools/pager"
)

// resource is a kind of objects that is listed in all namespaces.
type resource struct {
	schema.GroupVersionResource
	kind string
	why  string
	// custom reports that a CustomResourceDefinition makes the kind, which not every cluster has.
	custom bool
}

func newResource(group, version, kind, why string) resource {
	plural := strings.ToLower(kind) + "s"
	if stem, ok := strings.CutSuffix(plural, "ys"); ok {
		plural = stem + "ies"
	}
	return resource{GroupVersionResource: schema.GroupVersionResource{Group: group, Version: version, Resource: plural}, kind: kind, why: why}
}

func custom(group, version, kind, why string) resource {
	r := newResource(group, version, kind, why)
	r.custom = true
	return r
}

// resources are the kinds that a cluster is asked for. Secrets are not among them.
var resources = []resource{
	newResource("", "v1", "Namespace", "namespaces and their Pod Security levels"),
	newResource("", "v1", "ServiceAccount", "ServiceAccounts and their roles"),
	newResource("", "v1", "Pod", "Pods and the roles that they have"),
	newResource("", "v1", "ConfigMap", "variables and templates of runners"),
	newResource("", "v1", "ResourceQuota", "quotas of namespaces"),
	newResource("", "v1", "LimitRange", "limits of namespaces"),
	newResource("networking.k8s.io", "v1", "NetworkPolicy", "what runners may reach"),
	newResource("rbac.authorization.k8s.io", "v1", "Role", "what runners may do in the cluster"),
	newResource("rbac.authorization.k8s.io", "v1", "RoleBinding", "what runners may do in the cluster"),
	newResource("rbac.authorization.k8s.io", "v1", "ClusterRole", "what runners may do in the cluster"),
	newResource("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "what runners may do in the cluster"),
	newResource("apps", "v1", "Deployment", "the controller, and what else has a role"),
	newResource("apps", "v1", "DaemonSet", "the EKS Pod Identity agent, and what else has a role"),
	newResource("apps", "v1", "StatefulSet", "what else has a role"),
	newResource("batch", "v1", "Job", "what else has a role"),
	newResource("batch", "v1", "CronJob", "what else has a role"),
	newResource("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "the pod identity webhook"),
	custom("actions.summerwind.dev", "v1alpha1", "RunnerDeployment", "runners"),
	custom("actions.summerwind.dev", "v1alpha1", "RunnerSet", "runners"),
	custom("actions.summerwind.dev", "v1alpha1", "RunnerReplicaSet", "runners"),
	custom("actions.summerwind.dev", "v1alpha1", "Runner", "runners"),
	custom("actions.summerwind.dev", "v1alpha1", "HorizontalRunnerAutoscaler", "how many runners there are"),
	custom("actions.github.com", "v1alpha1", "AutoscalingRunnerSet", "runners"),
	custom("external-secrets.io", "v1", "ExternalSecret", "where Secrets come from"),
}

// call is the call that lists a kind.
func (r resource) call(c Cluster) Call {
	return Call{Permission: "list " + r.GroupResource().String(), Where: inKubernetes(c), For: r.why}
}

// Listed reports whether the objects of a kind in the cluster with the label are known: all that
// there are are among the documents.
func (r Reading) Listed(cluster, group, kind string) bool {
	i := slices.IndexFunc(resources, func(of resource) bool { return of.Group == group && of.kind == kind })
	if i < 0 || !slices.Contains(r.Clusters, cluster) {
		return false
	}
	call := resources[i].call(Cluster{Label: cluster})
	return !slices.ContainsFunc(r.Unread, func(u Unread) bool { return u.Permission == call.Permission && u.Where == call.Where })
}

// readKubernetes lists the objects of a cluster.
func (r *reader) readKubernetes(ctx context.Context, c Cluster, endpoint string) {
	client, err := connect(c, endpoint)
	if err != nil {
		r.failed(anyList(c), err)
		return
	}
	first, others := resources[0], resources[1:]
	if err := r.list(ctx, client, c, first); err != nil && !apierrors.IsForbidden(err) {
		r.failed(anyList(c), err) // the others would fail alike, each after its retries
		return
	} else if err != nil {
		r.failed(first.call(c), err)
	}
	each(others, func(of resource) {
		r.try(of.call(c), func() error { return r.list(ctx, client, c, of) })
	})
}

// anyList stands for all lists of a cluster.
func anyList(c Cluster) Call {
	return Call{Permission: "list all", Where: inKubernetes(c), For: "all that is in the cluster"}
}

// maxObjects is how many objects are in a document, so that none is larger than is read.
const maxObjects = 500

// list adds the objects of a kind, those that controllers made apart from the others. There are none
// of a custom kind that the cluster does not have.
func (r *reader) list(ctx context.Context, client dynamic.Interface, c Cluster, of resource) error {
	pages := pager.New(func(ctx context.Context, options meta.ListOptions) (runtime.Object, error) {
		return client.Resource(of.GroupVersionResource).List(ctx, options)
	})
	var declared, made []any
	err := pages.EachListItem(ctx, meta.ListOptions{}, func(object runtime.Object) error {
		one := object.(*unstructured.Unstructured)
		unstructured.RemoveNestedField(one.Object, "metadata", "managedFields")
		if meta.GetControllerOf(one) == nil {
			declared = append(declared, one.Object)
		} else {
			made = append(made, one.Object)
		}
		return nil
	})
	if of.custom && apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	r.answered(c.label())
	return errors.Join(r.addObjects(clusterFolder(c)+of.Resource, false, declared), r.addObjects(clusterFolder(c)+"made/"+of.Resource, true, made))
}

func (r *reader) addObjects(name string, made bool, objects []any) error {
	n := 1
	for chunk := range slices.Chunk(objects, maxObjects) {
		if err := r.addDocument(numbered(name, n), made, map[string]any{"apiVersion": "v1", "kind": "List", "items": chunk}); err != nil {
			return err
		}
		n++
	}
	return nil
}

// client-go makes perSecond requests at most, and atOnce before it begins to wait: more than
// the first pages of all kinds.
const perSecond, atOnce = 20, 40

// connect finds the cluster in kubeconfig.
func connect(c Cluster, endpoint string) (dynamic.Interface, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	loaded, err := rules.Load()
	if err != nil {
		return nil, err
	}
	name, err := contextOf(loaded, c, endpoint)
	if err != nil {
		return nil, err
	}
	config, err := clientcmd.NewNonInteractiveClientConfig(*loaded, name, &clientcmd.ConfigOverrides{}, rules).ClientConfig()
	if err != nil {
		return nil, err
	}
	config.Timeout, config.QPS, config.Burst = timeout, perSecond, atOnce
	config.WarningHandler = rest.NoWarnings{}
	return dynamic.NewForConfig(config)
}

// contextOf is the context of kubeconfig by which the cluster is reached: the current one, if
// several do.
func contextOf(config *api.Config, c Cluster, endpoint string) (string, error) {
	if c.Context != "" {
		if config.Contexts[c.Context] == nil {
			return "", fmt.Errorf("kubeconfig has no context %q", c.Context)
		}
		return c.Context, nil
	}
	names := slices.Sorted(maps.Keys(config.Contexts))
	names = slices.DeleteFunc(names, func(name string) bool {
		cluster := config.Contexts[name].Cluster
		known := config.Clusters[cluster]
		return cluster != c.arn().String() && (known == nil || endpoint == "" || known.Server != endpoint)
	})
	switch {
	case len(names) == 0:
		return "", fmt.Errorf(`kubeconfig has no context of the cluster: run "aws eks update-kubeconfig --name %s --region %s", or name one with --context`, c.Name, c.Region)
	case slices.Contains(names, config.CurrentContext):
		return config.CurrentContext, nil
	}
	return names[0], nil
}
