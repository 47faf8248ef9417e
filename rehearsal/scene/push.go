package scene

import (
	"context"
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
	"keyless-runners/rehearsal/workflow"
)

// push has each pool's runner run its workflow, and then push in every other way.
func (r *Rehearsal) push(ctx context.Context) error {
	return r.pools(func(pool rendered.Pool) error {
		runner, ok := r.runners[of(pool)]
		if !ok {
			r.Story.Line("pool %s has no runner at the moment", pool.Name)
			return nil
		}
		r.Story.Chapter(fmt.Sprintf("GitHub: pool %s pushes", pool.Name))
		own, err := r.startRunner(ctx, runner)
		if err != nil {
			return err
		}
		container, err := r.startJob(ctx, pool, runner, own)
		if err != nil {
			return err
		}
		r.containers[of(pool)] = container
		if err := r.runWorkflow(ctx, pool, own, container); err != nil {
			return err
		}
		role, err := r.role(pool)
		if err != nil {
			return err
		}
		for _, repository := range pushesTo(role) {
			if err := r.pushTo(ctx, pool, repository, container); err != nil {
				return err
			}
		}
		return nil
	})
}

// startRunner gives the runner's container what the cluster gives it.
func (r *Rehearsal) startRunner(ctx context.Context, runner stage.Runner) (container stage.Container, err error) {
	err = r.Story.Step("Pod "+runner.Pod.Name, func() (string, error) {
		container, err = runner.Start(ctx, stage.ContainerRunner, r.folder("pods", runner.Pod.Name))
		return "made by the controller", err
	})
	return container, err
}

// startJob has the container in which jobs run, and looks at what the containers beside it get:
// nothing.
func (r *Rehearsal) startJob(ctx context.Context, pool rendered.Pool, runner stage.Runner, own stage.Container) (container stage.Container, err error) {
	err = r.Story.Step("a job of "+pool.Workflow, func() (string, error) {
		w, err := stage.Workflow(pool.Workflow)
		if err != nil {
			return "", err
		}
		at, job, err := runner.Job(ctx, own, w, r.folder("pods", runner.Pod.Name+"-workflow"))
		if err != nil {
			return "", err
		}
		if err := way(pool, job); err != nil {
			return "", err
		}
		for _, name := range at.Beside() {
			other, err := at.Start(ctx, name, r.folder("pods", at.Pod.Name))
			if err != nil {
				return "", err
			}
			if len(other.Tokens) > 0 || other.Env[identity.EnvRoleARN] != "" || other.Env[identity.EnvCredentialsURI] != "" {
				return "", fmt.Errorf("container %q has the role, too", name)
			}
		}
		container = job
		return "in Pod " + at.Pod.Name + ": its token is for " + pool.Subject.String() + "; no other of its containers has one", nil
	})
	return container, err
}

// way returns an error if the webhook did not show the runner the way to the role that the
// files mean: by the role's ARN, or by the Pod Identity Agent.
func way(pool rendered.Pool, container stage.Container) error {
	role, agent := container.Env[identity.EnvRoleARN], container.Env[identity.EnvCredentialsURI]
	switch {
	case pool.Associated && (agent == "" || role != ""):
		return fmt.Errorf("the runner's agent is %q and its role %q, want an agent alone", agent, role)
	case !pool.Associated && (agent != "" || role != pool.Role.String()):
		return fmt.Errorf("the runner's agent is %q and its role %q, want %q alone", agent, role, pool.Role)
	}
	return nil
}

// runWorkflow runs the rendered workflow in a container of the runner, which has its own.
func (r *Rehearsal) runWorkflow(ctx context.Context, pool rendered.Pool, own, container stage.Container) error {
	return r.Story.Step(pool.Workflow, func() (string, error) {
		runner := r.runners[of(pool)]
		labels, err := runner.Register(own)
		if err != nil {
			return "", err
		}
		w, err := stage.Workflow(pool.Workflow)
		if err != nil {
			return "", err
		}
		if !w.TakenBy(labels) {
			return "", fmt.Errorf("GitHub would not hand its job to a runner with the labels %q", labels)
		}
		steps, err := r.Work(ctx, w, container, r.folder("jobs", pool.Name))
		if err != nil {
			return "", err
		}
		return told(steps)
	})
}

// told lists the steps of a job, or is the error of the one that failed.
func told(steps []workflow.Step) (string, error) {
	var lines strings.Builder
	for _, step := range steps {
		if step.Status != 0 {
			return "", fmt.Errorf("step %q: exit status %d: %s", step.Name, step.Status, step.Output)
		}
		fmt.Fprintf(&lines, "\n%s", step.Name)
	}
	return fmt.Sprintf("%d steps%s", len(steps), lines.String()), nil
}

// pushTo pushes in every way that the policy is meant for, and pulls back.
func (r *Rehearsal) pushTo(ctx context.Context, pool rendered.Pool, repository identity.ImageRepository, container stage.Container) error {
	tag := func(name string) string { return repository.String() + ":" + pool.Name + "-" + name }
	login := job.Step{Do: job.Login, Image: repository.Registry.String()}
	for _, way := range []struct {
		name string
		step job.Step
	}{
		{"an image of three layers", job.Step{Do: job.Push, Image: tag("single"), Layers: []string{"base", "libraries", pool.Name}}},
		{"an image with two of these layers", job.Step{Do: job.Push, Image: tag("again"), Layers: []string{"base", "libraries", pool.Name + "-2"}}},
		{"an image for amd64 and arm64", job.Step{Do: job.PushIndex, Image: tag("index"), Layers: []string{"base"}}},
		{"a build cache", job.Step{Do: job.ExportCache, Image: tag("cache"), Layers: []string{"base", "cache"}}},
	} {
		if err := r.Story.Step("push "+way.name+" to "+repository.String(), func() (string, error) {
			report, err := r.Do(ctx, container.In(repository.Registry.Region), login, way.step, job.Step{Do: job.Pull, Image: way.step.Image})
			if err != nil {
				return "", err
			}
			if failed := report.Failure(); failed != nil {
				return "", fmt.Errorf("%s: %s", failed.Step.Do, failed.Error)
			}
			pushed, pulled := report.Outcomes[1], report.Outcomes[2]
			if pushed.Digest != pulled.Digest {
				return "", fmt.Errorf("pushed %s, pulled %s", pushed.Digest, pulled.Digest)
			}
			return fmt.Sprintf("%d blobs sent, pulled back as %.19s", len(pushed.Layers), pushed.Digest), nil
		}); err != nil {
			return err
		}
	}
	return nil
}
