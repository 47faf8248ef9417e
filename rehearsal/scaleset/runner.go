package scaleset

import (
	"context"
	"fmt"
	"time"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
)

// runnerSets are the kind by whose number of replicas a listener asks for runners.
var runnerSets = schema.GroupVersionResource{Group: "actions.github.com", Version: "v1alpha1", Resource: "ephemeralrunnersets"}

// ephemeralRunners are the kind of which a controller makes a Pod each, of the same name.
var ephemeralRunners = schema.GroupVersionResource{Group: "actions.github.com", Version: "v1alpha1", Resource: "ephemeralrunners"}

// pause is the time between two looks at what is waited for.
const pause = 50 * time.Millisecond

// Runner has a scale set make a runner, as its listener does when a job waits, and returns the
// runner's Pod. The Secret and the ConfigMap that the scale set names are made by hand, as a user
// does.
func (c *Controller) Runner(ctx context.Context, set *unstructured.Unstructured) (*core.Pod, error) {
	if err := c.secret(ctx, set); err != nil {
		return nil, err
	}
	if err := c.configMap(ctx, set); err != nil {
		return nil, err
	}
	any := func(core.Pod) (bool, error) { return true, nil }
	listener, err := c.pod(ctx, string(c.ServiceAccount.Namespace), set.GetName(), "runner-scale-set-listener", any)
	if err != nil {
		return nil, err
	}
	if err := c.ask(ctx, listener, set); err != nil {
		return nil, err
	}
	return c.pod(ctx, set.GetNamespace(), set.GetName(), "runner", func(pod core.Pod) (bool, error) { return c.starts(ctx, pod) })
}

// starts reports whether GitHub takes the configuration of a runner's Pod. The controller may make
// a Pod with one that it has withdrawn, when it registers a runner a second time because its cache
// was behind; such a runner ends, and the set makes another.
func (c *Controller) starts(ctx context.Context, pod core.Pod) (bool, error) {
	if c.Registered(pod.Name) {
		return true, nil
	}
	err := c.Cluster.Dynamic.Resource(ephemeralRunners).Namespace(pod.Namespace).Delete(ctx, pod.Name, meta.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		err = nil
	}
	return false, err
}

// secret makes the Secret of a scale set, unless it is there.
func (c *Controller) secret(ctx context.Context, set *unstructured.Unstructured) error {
	name, _, err := unstructured.NestedString(set.Object, "spec", "githubConfigSecret")
	if err != nil || name == "" {
		return err
	}
	return c.Cluster.PutTyped(ctx, manager, core.SchemeGroupVersion.WithResource("secrets"), &core.Secret{
		TypeMeta:   meta.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: meta.ObjectMeta{Name: name, Namespace: set.GetNamespace()},
		Data:       map[string][]byte{"github_token": []byte(c.Token)},
	})
}

// configMap makes the ConfigMap of a scale set with the certificate of a GitHub Enterprise Server,
// if it names one.
func (c *Controller) configMap(ctx context.Context, set *unstructured.Unstructured) error {
	from, named, err := unstructured.NestedStringMap(set.Object, "spec", "githubServerTLS", "certificateFrom", "configMapKeyRef")
	if err != nil || !named {
		return err
	}
	return c.Cluster.PutTyped(ctx, manager, core.SchemeGroupVersion.WithResource("configmaps"), &core.ConfigMap{
		TypeMeta:   meta.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: meta.ObjectMeta{Name: from["name"], Namespace: set.GetNamespace()},
		Data:       map[string]string{from["key"]: string(c.Certificate)},
	})
}

// pod waits for a Pod of a scale set with the component's label that will do.
func (c *Controller) pod(ctx context.Context, namespace, set, component string, willDo func(core.Pod) (bool, error)) (found *core.Pod, err error) {
	selector := meta.ListOptions{LabelSelector: LabelName + "=" + set + ",app.kubernetes.io/component=" + component}
	err = wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		pods, err := c.Cluster.Client.CoreV1().Pods(namespace).List(ctx, selector)
		if err != nil || len(pods.Items) == 0 {
			return false, err
		}
		found = &pods.Items[0]
		return willDo(*found)
	})
	if err != nil {
		return nil, fmt.Errorf("AutoscalingRunnerSet %q has no Pod of component %q in namespace %q: %w%s", set, component, namespace, err, c.manager.Tail())
	}
	return found, nil
}

// ask plays the listener: as its ServiceAccount, it asks for one runner.
func (c *Controller) ask(ctx context.Context, listener *core.Pod, set *unstructured.Unstructured) error {
	config := rest.CopyConfig(c.Cluster.Config)
	config.Impersonate = rest.ImpersonationConfig{UserName: "system:serviceaccount:" + listener.Namespace + ":" + listener.Spec.ServiceAccountName}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	sets, err := c.Cluster.Dynamic.Resource(runnerSets).Namespace(set.GetNamespace()).List(ctx, meta.ListOptions{LabelSelector: LabelName + "=" + set.GetName()})
	if err != nil {
		return err
	}
	if len(sets.Items) == 0 {
		return fmt.Errorf("AutoscalingRunnerSet %q has no EphemeralRunnerSet", set.GetName())
	}
	_, err = client.Resource(runnerSets).Namespace(set.GetNamespace()).Patch(ctx, sets.Items[0].GetName(), types.MergePatchType, []byte(`{"spec":{"replicas":1}}`), meta.PatchOptions{})
	return err
}
