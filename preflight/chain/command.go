package chain

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
)

// commandsOf returns what the commands of a workload's containers do.
func (c *Chains) commandsOf(w *facts.Workload) []*facts.Job {
	var commands []*facts.Job
	for n := range w.Containers {
		container := &w.Containers[n]
		variables := slices.Clone(c.Environment(w, container))
		for v := range variables {
			variables[v].Value = c.Value(w, variables[v])
		}
		does := github.ReadContainer(container, variables)
		commands = append(commands, &does)
	}
	return commands
}

// IsBystander reports whether a workload is looked at for nothing but its role: it is no runner, and
// its commands push nowhere.
func (r *Runner) IsBystander() bool {
	return !r.IsRunner() && !slices.ContainsFunc(r.Commands, pushesSomewhere)
}

// PushesToECR reports whether the command of a container names a registry of Amazon ECR as where
// to push.
func (r *Runner) PushesToECR() bool { return slices.ContainsFunc(r.Commands, pushesToECR) }

// pushesToECR reports whether a job names a registry of Amazon ECR as where to push.
func pushesToECR(job *facts.Job) bool {
	return slices.ContainsFunc(job.Pushes, func(push facts.Push) bool { return push.Use == facts.Pushes && push.Registry.Known() })
}

// pushesSomewhere reports whether a job may push to Amazon ECR, if not to a registry that is known.
func pushesSomewhere(job *facts.Job) bool { return len(job.Pushes) > 0 }
