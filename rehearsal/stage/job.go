package stage

import (
	"context"
	"errors"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/hooks"
	"keyless-runners/rehearsal/workflow"
)

// Job returns the Pod and the container in which the steps of a workflow's job run: the runner and its own
// container, which is given, or the Pod that its hooks make for a job with a container.
func (r Runner) Job(ctx context.Context, own Container, w *workflow.Workflow, folder string) (Runner, Container, error) {
	at, err := r.hooks(ctx)
	switch {
	case err != nil:
		return Runner{}, Container{}, err
	case w.Image() == "" && (at == nil || !at.Requires()):
		return r, own, nil
	case at == nil:
		return Runner{}, Container{}, errors.New("the job has a container, and Docker's are not played")
	case w.Image() == "":
		return Runner{}, Container{}, errors.New("Jobs without a job container are forbidden on this runner, please add a 'container:' to your job or contact your self-hosted runner administrator.")
	}
	if err := r.schedule(ctx); err != nil {
		return Runner{}, Container{}, err
	}
	pod, err := at.Prepare(ctx, w.Image())
	if err != nil {
		return Runner{}, Container{}, err
	}
	made := Runner{*pod, r.Cluster}
	container, err := made.Start(ctx, hooks.JobContainer, folder)
	return made, container, err
}

// hooks returns the runner's hooks; nil if it has none.
func (r Runner) hooks(ctx context.Context) (*hooks.Runner, error) {
	given, err := r.Cluster.Container(ctx, &r.Pod, ContainerRunner)
	if err != nil {
		return nil, err
	}
	return hooks.Of(r.Cluster.Cluster, &r.Pod, given)
}

// schedule gives the runner a node, once.
func (r Runner) schedule(ctx context.Context) error {
	now, err := r.Cluster.Client.CoreV1().Pods(r.Pod.Namespace).Get(ctx, r.Pod.Name, meta.GetOptions{})
	if err != nil || now.Spec.NodeName != "" {
		return err
	}
	return r.Cluster.Schedule(ctx, now)
}
