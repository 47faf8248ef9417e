package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"keyless-runners/rehearsal/process"
)

// Spec says how to run a job.
type Spec struct {
	// Program and Args run Main.
	Program string
	Args    []string
	// Env is the whole environment, that of the Pod.
	Env  []string
	Task Task
}

// Run runs a job in a separate process. That a step failed is in the report; the
// error says so.
func Run(ctx context.Context, spec Spec) (Report, error) {
	task, err := json.Marshal(spec.Task)
	if err != nil {
		return Report{}, err
	}
	result, err := process.Run(ctx, process.Command{Name: "job", Path: spec.Program, Args: spec.Args, Env: spec.Env}, bytes.NewReader(task))
	if err != nil {
		return Report{}, err
	}
	var report Report
	if err := json.Unmarshal(result.Stdout, &report); err != nil {
		return Report{}, fmt.Errorf("job: status %d: want a report, got %q and %q", result.Status, result.Stdout, result.Stderr)
	}
	return report, nil
}
