package cluster

import (
	"context"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Node is the name of the node that Schedule gives Pods. No such object exists.
const Node = "node"

// Schedule plays the scheduler: it gives a Pod the node.
func (c *Cluster) Schedule(ctx context.Context, pod *core.Pod) error {
	return c.Client.CoreV1().Pods(pod.Namespace).Bind(ctx, &core.Binding{
		ObjectMeta: meta.ObjectMeta{Name: pod.Name},
		Target:     core.ObjectReference{Kind: "Node", Name: Node},
	}, meta.CreateOptions{})
}
