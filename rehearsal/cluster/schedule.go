package cluster

import (
	"context"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Node is the node that Schedule has, by name alone.
const Node = "node"

// Schedule plays the scheduler for a Pod that is to have a node.
func (c *Cluster) Schedule(ctx context.Context, pod *core.Pod) error {
	return c.Client.CoreV1().Pods(pod.Namespace).Bind(ctx, &core.Binding{
		ObjectMeta: meta.ObjectMeta{Name: pod.Name},
		Target:     core.ObjectReference{Kind: "Node", Name: Node},
	}, meta.CreateOptions{})
}
