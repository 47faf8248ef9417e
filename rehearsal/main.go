// Rehearse lives through what is rendered, on this machine: see package scene. It is
// also every program that a rehearsal plays, so that one file is all there is to build:
// called as docker it is docker, and its hidden commands are a job and an action.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"keyless-runners/rehearsal/docker"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/stage"
)

// statusInterrupted is what a shell gives a command that Ctrl-C ended.
const statusInterrupted = 130

func main() {
	if filepath.Base(os.Args[0]) == docker.Name {
		os.Exit(docker.Main(os.Args[1:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := command().ExecuteContext(ctx)
	if err == nil {
		return
	}
	if ctx.Err() != nil {
		fmt.Fprintln(os.Stderr, "interrupted; nothing is left")
		os.Exit(statusInterrupted)
	}
	var ended status
	if errors.As(err, &ended) {
		os.Exit(int(ended))
	}
	fmt.Fprintln(os.Stderr, "error:", err)
	os.Exit(1)
}

// status is an exit status of a command that said everything already.
type status int

func (s status) Error() string { return fmt.Sprint("exit status ", int(s)) }

func ended(code int) error {
	if code == 0 {
		return nil
	}
	return status(code)
}

func command() *cobra.Command {
	var options options
	root := &cobra.Command{
		Use:   "rehearse",
		Short: "Live through dist/ on this machine, with no AWS account and no cluster",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return rehearse(cmd.Context(), options)
		},
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.Flags().StringVar(&options.top, "top", ".", "top of the repository")
	root.Flags().BoolVar(&options.keep, "keep", false, "leave everything up at the end, until Ctrl-C")
	root.AddCommand(&cobra.Command{
		Use: stage.CommandJob, Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return ended(job.Main(cmd.Context(), os.Stdin, os.Stdout))
		},
	}, &cobra.Command{
		Use: stage.CommandLogin, Hidden: true, Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return ended(docker.LoginAction(cmd.Context(), args))
		},
	})
	return root
}
