package controller

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"

	"keyless-runners/identity"
)

// deploymentLabel is the label by which a Pod tells its RunnerDeployment
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

// Await waits for n Pods of a RunnerDeployment.
func (c *Controller) Await(ctx context.Context, namespace identity.Namespace, deployment string, n int) (pods []core.Pod, err error) {
	err = wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		pods, err = c.Pods(ctx, namespace, deployment)
		return len(pods) == n, err
	})
	if err != nil {
		return nil, fmt.Errorf("RunnerDeployment %q in namespace %q has %d Pods, want %d: %w%s", deployment, namespace, len(pods), n, err, c.manager.Tail())
	}
	return pods, nil
}
