package controller

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"

	"keyless-runners/identity"
)

// deploymentLabel is the label that names a Pod's RunnerDeployment
// (actions-runner-controller v0.27.6, LabelKeyRunnerDeploymentName).
const deploymentLabel = "runner-deployment-name"

// Pods are the Pods that were made for a RunnerDeployment.
func (c *Controller) Pods(ctx context.Context, namespace identity.Namespace, deployment string) ([]core.Pod, error) {
	selector := meta.ListOptions{LabelSelector: deploymentLabel + "=" + deployment}
	list, err := c.Cluster.Client.CoreV1().Pods(string(namespace)).List(ctx, selector)
	if err != nil {
		return nil, err
	}
	return list.Items, nil
}

// Await waits until a RunnerDeployment has as many Pods as it asks for. An autoscaler
// changes that number. The error has what was there when it could be read last.
func (c *Controller) Await(ctx context.Context, namespace identity.Namespace, deployment string) (pods []core.Pod, err error) {
	var n int
	err = wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		want, err := c.replicas(ctx, namespace, deployment)
		if err != nil {
			return false, err
		}
		made, err := c.Pods(ctx, namespace, deployment)
		if err != nil {
			return false, err
		}
		n, pods = want, made
		return len(pods) == n, nil
	})
	if err != nil {
		return nil, fmt.Errorf("RunnerDeployment %q in namespace %q has %d Pods, want %d: %w%s", deployment, namespace, len(pods), n, err, c.manager.Tail())
	}
	return pods, nil
}

// Deployments are the RunnerDeployments' kind.
var Deployments = schema.GroupVersionResource{Group: "actions.summerwind.dev", Version: "v1alpha1", Resource: "runnerdeployments"}

// replicas is how many Pods a RunnerDeployment asks for; one if it does not say.
func (c *Controller) replicas(ctx context.Context, namespace identity.Namespace, deployment string) (int, error) {
	found, err := c.Cluster.Dynamic.Resource(Deployments).Namespace(string(namespace)).Get(ctx, deployment, meta.GetOptions{})
	if err != nil {
		return 0, err
	}
	n, there, err := unstructured.NestedInt64(found.Object, "spec", "replicas")
	if !there {
		n = 1
	}
	return int(n), err
}
