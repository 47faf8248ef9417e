package workflow

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rhysd/actionlint"

	"keyless-runners/rehearsal/process"
)

// Step is a step that was run.
type Step struct {
	Name   string
	Output string
	// Status is the exit status.
	Status int
}

// step runs one step. The environment is its own to change.
func (w *Workflow) step(ctx context.Context, r Run, step *actionlint.Step, i int, env map[string]string, known contexts) (Step, error) {
	done := Step{Name: fmt.Sprint("step ", i+1)}
	if step.Name != nil {
		done.Name = step.Name.Value
	}
	if err := known.add(env, step.Env); err != nil {
		return done, err
	}
	output := filepath.Join(r.Folder, fmt.Sprint("output-", i))
	if err := os.WriteFile(output, nil, 0o644); err != nil {
		return done, err
	}
	env["GITHUB_OUTPUT"] = output
	command, err := w.command(r, step, known)
	if err != nil || command.Path == "" {
		return done, err
	}
	command.Name, command.Env, command.Dir = done.Name, list(env), filepath.Join(r.Folder, "workspace")
	result, err := process.Run(ctx, command, nil)
	if err != nil {
		return done, err
	}
	done.Output, done.Status = string(bytes.TrimSpace(append(result.Stdout, result.Stderr...))), result.Status
	if step.ID != nil {
		err = known.outputs(step.ID.Value, output)
	}
	return done, err
}

// command returns what a step runs: its script, or the program that plays its action.
// Checking out runs nothing, nor does setting up a builder, which docker is here.
func (w *Workflow) command(r Run, step *actionlint.Step, known contexts) (process.Command, error) {
	switch exec := step.Exec.(type) {
	case *actionlint.ExecRun:
		return w.script(exec, known)
	case *actionlint.ExecAction:
		action, _, _ := strings.Cut(exec.Uses.Value, "@")
		switch action {
		case "actions/checkout", "docker/setup-buildx-action":
			return process.Command{}, nil
		case "aws-actions/amazon-ecr-login":
			args, err := known.inputs(exec)
			return process.Command{Path: r.Login[0], Args: append(slices.Clone(r.Login[1:]), args...)}, err
		}
		return process.Command{}, fmt.Errorf("action %q is not one that a rendered workflow uses", exec.Uses.Value)
	}
	return process.Command{}, errors.New("a step that runs nothing")
}

// shells are what GitHub runs scripts with: by "shell: bash", and without it on the runner and in
// a container (GitHub Docs, "Workflow syntax for GitHub Actions", defaults.run.shell).
var (
	bash        = []string{"bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c"}
	onRunner    = []string{"bash", "-e", "-c"}
	inContainer = []string{"sh", "-e", "-c"}
)

// shell returns the command that runs the job's scripts.
func (w *Workflow) shell() ([]string, error) {
	switch defaults := w.job.Defaults; {
	case defaults != nil && defaults.Run != nil && defaults.Run.Shell != nil:
		if name := defaults.Run.Shell.Value; name != "bash" {
			return nil, fmt.Errorf("shell %q is not one that a rendered workflow uses", name)
		}
		return bash, nil
	case w.Image() != "":
		return inContainer, nil
	}
	return onRunner, nil
}

// script returns the command that runs a step's script as GitHub does.
func (w *Workflow) script(step *actionlint.ExecRun, known contexts) (process.Command, error) {
	shell, err := w.shell()
	if err != nil {
		return process.Command{}, err
	}
	program, err := exec.LookPath(shell[0])
	if err != nil {
		return process.Command{}, err
	}
	text, err := known.expand(step.Run.Value)
	return process.Command{Path: program, Args: append(slices.Clone(shell[1:]), text)}, err
}

func (c contexts) inputs(action *actionlint.ExecAction) ([]string, error) {
	var args []string
	for _, name := range slices.Sorted(maps.Keys(action.Inputs)) {
		value, err := c.expand(action.Inputs[name].Value.Value)
		if err != nil {
			return nil, err
		}
		args = append(args, name+"="+value)
	}
	return args, nil
}

// outputs reads what a step wrote to GITHUB_OUTPUT.
func (c contexts) outputs(id, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), "="); ok {
			c["steps."+id+".outputs."+name] = value
		}
	}
	return nil
}

func list(env map[string]string) []string {
	var variables []string
	for name, value := range env {
		variables = append(variables, name+"="+value)
	}
	slices.Sort(variables)
	return variables
}
