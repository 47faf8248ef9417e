package stage

import (
	"context"
	"maps"
	"os"

	"keyless-runners/rehearsal/docker"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/workflow"
)

// Commit is the commit that workflows run for.
const Commit = "0123456789abcdef0123456789abcdef01234567"

// Work runs a workflow in a container, in a new folder.
func (s *Stage) Work(ctx context.Context, w *workflow.Workflow, container Container, folder string) ([]workflow.Step, error) {
	env := maps.Clone(container.Env)
	env[docker.NetworkVariable] = s.networkFile()
	return w.Run(ctx, workflow.Run{
		Env: env, Folder: folder, Path: s.Tools, Login: []string{s.Self, partLogin}, Commit: Commit,
	})
}

// Workflow reads the workflow of a file.
func Workflow(file string) (*workflow.Workflow, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return workflow.Parse(text)
}

// Do has a container do a task of ours.
func (s *Stage) Do(ctx context.Context, env []string, steps ...job.Step) (job.Report, error) {
	return job.Run(ctx, job.Spec{
		Program: s.Self, Args: []string{partJob}, Env: env,
		Task: job.Task{Network: s.Network.Peer(), Steps: steps},
	})
}
