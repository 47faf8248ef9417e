package scene

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/process"
	"keyless-runners/rehearsal/stage"
)

// fail breaks what breaks in real life, and sees that nothing is lost.
func (r *Rehearsal) fail(ctx context.Context) error {
	t, ok, err := r.target()
	if err != nil || !ok {
		return err
	}
	r.Story.Chapter("Faults: what breaks in real life")
	for _, fault := range []struct {
		name string
		play func(context.Context, *target) (string, error)
		// applies is false where the fault would touch nothing that the pool needs.
		applies bool
	}{
		{"STS is down for two answers, and late by half a second", r.slowSTS, !t.Associated},
		{"the registry refuses one upload in five", r.weakRegistry, true},
		{"the controller is killed, and started again", r.killController, !t.scaleSet},
		{"kube-apiserver is killed in the middle of an apply, and started again", r.killAPIServer, !t.scaleSet},
	} {
		if !fault.applies {
			continue
		}
		if err := r.Story.Step(fault.name, func() (string, error) { return fault.play(ctx, t) }); err != nil {
			return err
		}
	}
	return nil
}

// pushes has the runner push an image of so many new layers.
func (r *Rehearsal) pushes(ctx context.Context, t *target, tag string, layers int) error {
	push := job.Step{Do: job.Push, Image: t.pushes.String() + ":" + tag}
	for i := range layers {
		push.Layers = append(push.Layers, fmt.Sprint(tag, i))
	}
	told, err := r.Ask(ctx, t.container.In(t.pushes.Registry.Region), job.Step{Do: job.Login, Image: t.pushes.Registry.String()}, push)
	if err == nil && told != "" {
		err = errors.New(told)
	}
	return err
}

func (r *Rehearsal) slowSTS(ctx context.Context, t *target) (string, error) {
	trouble := &r.STS[t.pushes.Registry.Region].Trouble
	trouble.Set(500*time.Millisecond, 2)
	defer trouble.Set(0, 0)
	return "the SDK tries again, the push passes", r.pushes(ctx, t, "slow-sts", 1)
}

func (r *Rehearsal) weakRegistry(ctx context.Context, t *target) (string, error) {
	r.Cloud.ECR.Trouble.Set(5)
	defer r.Cloud.ECR.Trouble.Set(0)
	return "docker tries again, 20 layers pass", r.pushes(ctx, t, "weak-registry", 20)
}

// killController sees that the controller's webhooks let nothing in while it is away,
// and that the runners are the same when it is back.
func (r *Rehearsal) killController(ctx context.Context, t *target) (string, error) {
	before, err := t.cluster.Runners(ctx)
	if err != nil {
		return "", err
	}
	t.cluster.Controller.Kill()
	file, err := r.copies(ctx, t, "controller", 1)
	if err != nil {
		return "", err
	}
	_, refused := t.cluster.Apply(ctx, file)
	if err := t.cluster.Controller.Restart(ctx); err != nil {
		return "", err
	}
	if refused == nil {
		return "", errors.New("a RunnerDeployment was let in without the controller's webhooks")
	}
	if _, err := t.cluster.Apply(ctx, file); err != nil {
		return "", err
	}
	if err := t.cluster.Delete(ctx, file); err != nil {
		return "", err
	}
	return "its webhooks let nothing in meanwhile, and each Pod is there once", r.unchanged(ctx, t, before)
}

// killAPIServer sees that what was applied in part can be applied again.
func (r *Rehearsal) killAPIServer(ctx context.Context, t *target) (string, error) {
	const n = 60
	before, err := t.cluster.Runners(ctx)
	if err != nil {
		return "", err
	}
	file, err := r.copies(ctx, t, "half", n)
	if err != nil {
		return "", err
	}
	applied, err := r.interrupt(ctx, t, file)
	if err != nil {
		return "", err
	}
	if err := t.cluster.Restart(ctx); err != nil {
		return "", err
	}
	lines, err := t.cluster.Apply(ctx, file)
	if err != nil {
		return "", err
	}
	if len(lines) != n || applied >= n {
		return "", fmt.Errorf("%d objects were there at the end and %d when it was killed, want %d and fewer", len(lines), applied, n)
	}
	if err := r.unchanged(ctx, t, before); err != nil {
		return "", err
	}
	if err := t.cluster.Delete(ctx, file); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d of %d objects were there; applied again, all are, and the runner pushes", applied, n), r.pushes(ctx, t, "after", 1)
}

// interrupt kills kube-apiserver when some of the file's objects are there, and
// returns how many kubectl had applied.
func (r *Rehearsal) interrupt(ctx context.Context, t *target, file string) (int, error) {
	type outcome struct {
		process.Result
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := t.cluster.Kubectl(ctx, nil, "apply", "--server-side", "-f", file)
		done <- outcome{result, err}
	}()
	if err := t.cluster.Appeared(ctx, t.Subject.Namespace, "half-05"); err != nil {
		return 0, err
	}
	t.cluster.Kill()
	came := <-done
	if came.err == nil && came.Status == 0 {
		return 0, errors.New("kubectl was done before kube-apiserver was killed")
	}
	return strings.Count(string(came.Stdout), "\n"), came.err
}

// unchanged sees that the runners are those that were there before, each once.
func (r *Rehearsal) unchanged(ctx context.Context, t *target, before map[identity.Subject]stage.Runner) error {
	after, err := t.cluster.Runners(ctx)
	if err != nil {
		return err
	}
	for subject, runner := range before {
		if got := after[subject].Pod.UID; got != runner.Pod.UID {
			return fmt.Errorf("Pod %s of %s is another one: %s is now %s", runner.Pod.Name, subject, runner.Pod.UID, got)
		}
	}
	return nil
}

// copies writes a file with copies of the pool's RunnerDeployment that have no runners.
func (r *Rehearsal) copies(ctx context.Context, t *target, name string, n int) (string, error) {
	deployment, err := t.cluster.RunnerDeployment(ctx, t.Subject)
	if err != nil {
		return "", err
	}
	if err := unstructured.SetNestedField(deployment.Object, int64(0), "spec", "replicas"); err != nil {
		return "", err
	}
	var items []any
	for i := range n {
		copied := deployment.DeepCopy()
		copied.SetName(fmt.Sprintf("%s-%02d", name, i))
		items = append(items, copied)
	}
	text, err := json.Marshal(map[string]any{"apiVersion": "v1", "kind": "List", "items": items})
	if err != nil {
		return "", err
	}
	file := r.folder(name + ".json")
	return file, os.WriteFile(file, text, 0o600)
}
