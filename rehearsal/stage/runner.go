package stage

import (
	"context"
	"fmt"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/controller"
	"keyless-runners/rehearsal/hooks"
	"keyless-runners/rehearsal/scaleset"
)

// Names of the containers of a runner's Pod (actions-runner-controller v0.27.6).
const (
	ContainerRunner = "runner"
	ContainerDocker = "docker"
)

// Beside are the names of the containers that run beside the runner, or in a Pod of its hooks beside
// the job: the Pod's others, and the sidecars among its init containers. Those that end before it
// starts are none.
func (r Runner) Beside() []string {
	var names []string
	for _, container := range r.Pod.Spec.InitContainers {
		if container.RestartPolicy != nil && *container.RestartPolicy == core.ContainerRestartPolicyAlways {
			names = append(names, container.Name)
		}
	}
	for _, container := range r.Pod.Spec.Containers {
		if container.Name != ContainerRunner && container.Name != hooks.JobContainer {
			names = append(names, container.Name)
		}
	}
	return names
}

// Runner is a runner's Pod.
type Runner struct {
	Pod     core.Pod
	Cluster *Cluster
}

// OfScaleSet reports whether the runner is a scale set's.
func (r Runner) OfScaleSet() bool { return r.Pod.Labels[scaleset.LabelName] != "" }

// patience is how long the controller may take to make the Pods of a RunnerDeployment.
const patience = time.Minute

// Runners waits for the Pods of every RunnerDeployment and scale set of the cluster, and
// returns one of each, by the ServiceAccount that it has.
func (c *Cluster) Runners(ctx context.Context) (map[identity.Subject]Runner, error) {
	deployments, err := c.Dynamic.Resource(controller.Deployments).List(ctx, meta.ListOptions{})
	if err != nil {
		return nil, err
	}
	runners := map[identity.Subject]Runner{}
	for _, deployment := range deployments.Items {
		ctx, cancel := context.WithTimeout(ctx, patience)
		pods, err := c.Controller.Await(ctx, identity.Namespace(deployment.GetNamespace()), deployment.GetName())
		cancel()
		if err != nil {
			return nil, err
		}
		if len(pods) > 0 {
			runners[subject(pods[0])] = Runner{pods[0], c}
		}
	}
	return runners, c.addScaleSets(ctx, runners)
}

// addScaleSets has every scale set make a runner.
func (c *Cluster) addScaleSets(ctx context.Context, runners map[identity.Subject]Runner) error {
	if c.ScaleSets == nil {
		return nil
	}
	sets, err := c.Dynamic.Resource(scaleset.ScaleSets).List(ctx, meta.ListOptions{})
	if err != nil {
		return err
	}
	for _, set := range sets.Items {
		runner, err := c.ScaleSetRunner(ctx, identity.Namespace(set.GetNamespace()), set.GetName())
		if err != nil {
			return err
		}
		runners[subject(runner.Pod)] = runner
	}
	return nil
}

// ScaleSetRunner has a scale set make a runner.
func (c *Cluster) ScaleSetRunner(ctx context.Context, namespace identity.Namespace, name string) (Runner, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	set, err := c.Dynamic.Resource(scaleset.ScaleSets).Namespace(string(namespace)).Get(ctx, name, meta.GetOptions{})
	if err != nil {
		return Runner{}, err
	}
	pod, err := c.ScaleSets.Runner(ctx, set)
	if err != nil {
		return Runner{}, err
	}
	return Runner{*pod, c}, nil
}

// Pod makes a Pod of a ServiceAccount, with a container as a runner has it.
func (c *Cluster) Pod(ctx context.Context, of identity.Subject) (Runner, error) {
	pod := &core.Pod{
		ObjectMeta: meta.ObjectMeta{GenerateName: "pod-"},
		Spec:       core.PodSpec{ServiceAccountName: string(of.ServiceAccount), Containers: []core.Container{{Name: ContainerRunner, Image: "runner"}}},
	}
	made, err := c.Client.CoreV1().Pods(string(of.Namespace)).Create(ctx, pod, meta.CreateOptions{})
	if err != nil {
		return Runner{}, err
	}
	return Runner{*made, c}, nil
}

// RunnerDeployment is the one whose runners have the ServiceAccount: its name, its
// namespace and its specification, to be applied as another one.
func (c *Cluster) RunnerDeployment(ctx context.Context, of identity.Subject) (*unstructured.Unstructured, error) {
	deployments, err := c.Dynamic.Resource(controller.Deployments).Namespace(string(of.Namespace)).List(ctx, meta.ListOptions{})
	if err != nil {
		return nil, err
	}
	for _, deployment := range deployments.Items {
		account, _, _ := unstructured.NestedString(deployment.Object, "spec", "template", "spec", "serviceAccountName")
		if account != string(of.ServiceAccount) {
			continue
		}
		bare := &unstructured.Unstructured{Object: map[string]any{"spec": deployment.Object["spec"]}}
		bare.SetGroupVersionKind(deployment.GroupVersionKind())
		bare.SetNamespace(deployment.GetNamespace())
		bare.SetName(deployment.GetName())
		return bare, nil
	}
	return nil, fmt.Errorf("no RunnerDeployment has the ServiceAccount of %s", of)
}

// Appeared waits until a RunnerDeployment is there.
func (c *Cluster) Appeared(ctx context.Context, namespace identity.Namespace, name string) error {
	for {
		_, err := c.Dynamic.Resource(controller.Deployments).Namespace(string(namespace)).Get(ctx, name, meta.GetOptions{})
		if !apierrors.IsNotFound(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("RunnerDeployment %q did not appear: %w", name, ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func subject(pod core.Pod) identity.Subject {
	return identity.Subject{
		Namespace:      identity.Namespace(pod.Namespace),
		ServiceAccount: identity.ServiceAccount(pod.Spec.ServiceAccountName),
	}
}

// Register registers the runner with GitHub, as the container's entrypoint does, and
// returns the labels by which GitHub finds it: "self-hosted" and those of the pool, or those of
// its scale set.
func (r Runner) Register(container Container) ([]string, error) {
	if configuration := container.Env["ACTIONS_RUNNER_INPUT_JITCONFIG"]; configuration != "" {
		return r.Cluster.GitHub.Redeem(configuration)
	}
	labels := []string{"self-hosted"}
	for label := range strings.SplitSeq(container.Env["RUNNER_LABELS"], ",") {
		if label != "" {
			labels = append(labels, label)
		}
	}
	err := r.Cluster.GitHub.Register(container.Env["RUNNER_TOKEN"], container.Env["RUNNER_NAME"], labels...)
	if err != nil {
		return nil, fmt.Errorf("runner %q: %w", r.Pod.Name, err)
	}
	return labels, nil
}
