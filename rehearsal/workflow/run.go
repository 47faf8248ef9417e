package workflow

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/rhysd/actionlint"
)

// Run says how to run a job.
type Run struct {
	// Env is the environment of the runner's container.
	Env map[string]string
	// Folder is where the job works; it is made.
	Folder string
	// Path is the folder of programs that come first, docker among them.
	Path string
	// Login plays aws-actions/amazon-ecr-login: a command that takes the inputs of
	// the action as further arguments, each as NAME=VALUE.
	Login []string
	// Commit is github.sha.
	Commit string
}

// Run runs the job's steps in order, up to the first that fails. The error says that
// a step could not be run at all; that one failed is in its status.
func (w *Workflow) Run(ctx context.Context, run Run) ([]Step, error) {
	if err := run.checkOut(); err != nil {
		return nil, err
	}
	known := contexts{"github.sha": run.Commit}
	env := map[string]string{}
	maps.Copy(env, run.Env)
	env["PATH"] = run.Path + string(os.PathListSeparator) + os.Getenv("PATH")
	env["HOME"] = run.Folder
	for _, layer := range []*actionlint.Env{w.env, w.job.Env} {
		if err := known.add(env, layer); err != nil {
			return nil, err
		}
	}
	var steps []Step
	for i, step := range w.job.Steps {
		done, err := w.step(ctx, run, step, i, maps.Clone(env), known)
		if err != nil {
			return steps, fmt.Errorf("step %d: %w", i+1, err)
		}
		steps = append(steps, done)
		if done.Status != 0 {
			break
		}
	}
	return steps, nil
}

// add puts the variables of an env section over those that are there.
func (c contexts) add(env map[string]string, section *actionlint.Env) error {
	if section == nil {
		return nil
	}
	for _, variable := range section.Vars {
		value, err := c.expand(variable.Value.Value)
		if err != nil {
			return err
		}
		env[variable.Name.Value] = value
	}
	return nil
}

// checkOut is the source of a job: a Dockerfile.
func (r Run) checkOut() error {
	workspace := filepath.Join(r.Folder, "workspace")
	if err := os.MkdirAll(workspace, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(workspace, "Dockerfile"), []byte("FROM scratch\nCOPY . /\n"), 0o644)
}
