// Package process runs the programs of a rehearsal. Each has a process group of its
// own, so that whatever it starts ends with it, and ends with this process even if that
// is killed; its output goes to a file; and it counts as started once it answers.
package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Command says what to run.
type Command struct {
	// Name is its name in messages, such as "kube-apiserver".
	Name string
	Path string
	Args []string
	// Env is the whole environment; nil is an empty one.
	Env []string
	// Dir is the folder that it runs in; "" is that of this process.
	Dir string
	// Log is the file that its output is added to.
	Log string
	// Ready is asked again and again until it returns nil. A nil Ready takes a
	// program that was started for one that is ready.
	Ready func(context.Context) error
}

// Process is a program that runs.
type Process struct {
	Command
	cmd    *exec.Cmd
	ended  chan struct{}
	status error
}

const (
	// patience is how long a program may take to get ready, on a busy machine.
	patience = 90 * time.Second
	// grace is how long a program may take to end before it is killed.
	grace = 10 * time.Second
	pause = 50 * time.Millisecond
)

// Start runs the command and returns once it is ready. If it is not, if it ends
// first or if ctx does, it is stopped, and the error has the end of its output.
func Start(ctx context.Context, command Command) (*Process, error) {
	log, err := os.OpenFile(command.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := command.exec()
	cmd.Stdout, cmd.Stderr = log, log
	if err := start(cmd); err != nil {
		return nil, fmt.Errorf("%s: %w", command.Name, err)
	}
	p := &Process{Command: command, cmd: cmd, ended: make(chan struct{})}
	go func() {
		p.status = wait(cmd)
		close(p.ended)
	}()
	if err := p.await(ctx); err != nil {
		p.Kill()
		return nil, fmt.Errorf("%s: %w%s", command.Name, err, tail(command.Log))
	}
	return p, nil
}

// exec has no context: how a program ends is for Stop and Kill to say.
func (c Command) exec() *exec.Cmd {
	cmd := exec.Command(c.Path, c.Args...)
	cmd.Env = append([]string{}, c.Env...)
	cmd.Dir = c.Dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func (p *Process) await(ctx context.Context) error {
	if p.Ready == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := p.Ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("ended before it was ready: %w", p.failure())
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w: %w", err, ctx.Err())
		case <-time.After(pause):
		}
	}
}

func (p *Process) failure() error {
	if p.status == nil {
		return errors.New("exit status 0")
	}
	return p.status
}

// Tail returns the end of the program's output, on separate lines, for an error that
// its output explains.
func (p *Process) Tail() string { return tail(p.Log) }

// Stop asks the program to end and waits for it. What it started, and what does
// not end in time, is killed.
func (p *Process) Stop() {
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(grace):
		p.Kill()
	}
}

// Kill ends the program, and what it started, at once.
func (p *Process) Kill() {
	p.signal(syscall.SIGKILL)
	<-p.ended
}

// signal goes to the whole group. One that has ended has none, and its number may be
// another's by now.
func (p *Process) signal(signal syscall.Signal) {
	select {
	case <-p.ended:
	default:
		_ = syscall.Kill(-p.cmd.Process.Pid, signal)
	}
}
