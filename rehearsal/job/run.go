package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"keyless-runners/rehearsal/process"
)

// Spec says how to run a job.
type Spec struct {
	// Program and Args run Main.
	Program string
	Args    []string
	// Env is the whole environment, that of the Pod.
	Env []string
	// Files are where files of the Pod are on this machine, by their paths in the
	// Pod. The job is told the places here, and its report those in the Pod.
	Files map[string]string
	Task  Task
}

// Run runs a job in a process of its own. That a step failed is in the report; the
// error says that there is none.
func Run(ctx context.Context, spec Spec) (Report, error) {
	task, err := json.Marshal(spec.Task)
	if err != nil {
		return Report{}, err
	}
	var here, there []string
	for pod, file := range spec.Files {
		here, there = append(here, pod, file), append(there, file, pod)
	}
	env := make([]string, len(spec.Env))
	for i, variable := range spec.Env {
		env[i] = strings.NewReplacer(here...).Replace(variable)
	}
	result, err := process.Run(ctx, process.Command{Name: "job", Path: spec.Program, Args: spec.Args, Env: env}, bytes.NewReader(task))
	if err != nil {
		return Report{}, err
	}
	var report Report
	if err := json.Unmarshal(result.Stdout, &report); err != nil {
		return Report{}, fmt.Errorf("job: status %d: want a report, got %q and %q", result.Status, result.Stdout, result.Stderr)
	}
	for i := range report.Outcomes {
		report.Outcomes[i].Error = strings.NewReplacer(there...).Replace(report.Outcomes[i].Error)
	}
	return report, nil
}
