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
func (r Run) step(ctx context.Context, step *actionlint.Step, i int, env map[string]string, known contexts) (Step, error) {
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
	command, err := r.command(step, known)
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
func (r Run) command(step *actionlint.Step, known contexts) (process.Command, error) {
	switch exec := step.Exec.(type) {
	case *actionlint.ExecRun:
		return r.script(exec, known)
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

// script is a step's script, run as GitHub runs one without "shell".
func (r Run) script(step *actionlint.ExecRun, known contexts) (process.Command, error) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		return process.Command{}, err
	}
	text, err := known.expand(step.Run.Value)
	return process.Command{Path: bash, Args: []string{"-e", "-c", text}}, err
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
