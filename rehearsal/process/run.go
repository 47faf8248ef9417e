package process

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"syscall"
)

// Result is the outcome of a program that ran to its end.
type Result struct {
	Stdout, Stderr []byte
	// Status is the exit status; -1 if a signal ended it.
	Status int
}

// Failure is nil for status 0; otherwise it has the end of what the program said.
func (r Result) Failure() error {
	if r.Status == 0 {
		return nil
	}
	said := r.Stderr
	if len(bytes.TrimSpace(said)) == 0 {
		said = r.Stdout
	}
	return fmt.Errorf("exit status %d%s", r.Status, end(said))
}

// Run runs a command to its end, with stdin as its input, and kills it with
// everything that it started when ctx ends. Log and Ready do not count. The error
// says that it could not be run; its own failure is in the status.
func Run(ctx context.Context, command Command, stdin io.Reader) (Result, error) {
	var stdout, stderr bytes.Buffer
	cmd := command.exec()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &stdout, &stderr
	if err := start(cmd); err != nil {
		return Result{}, fmt.Errorf("%s: %w", command.Name, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	defer stop()
	_ = wait(cmd) // the status says it
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("%s: %w", command.Name, err)
	}
	return Result{stdout.Bytes(), stderr.Bytes(), cmd.ProcessState.ExitCode()}, nil
}
