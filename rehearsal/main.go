// Rehearse deploys, applies and uses what is rendered, on this machine: see package scene.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"keyless-runners/rehearsal/stage"
)

// statusInterrupted is the status that a shell gives a command that Ctrl-C ended.
const statusInterrupted = 130

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if status, played := stage.Play(ctx, os.Args); played {
		os.Exit(status)
	}
	ctx, reader := newReader(ctx)
	err := command(reader).ExecuteContext(ctx)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "interrupted; everything was stopped and removed")
		os.Exit(statusInterrupted)
	default:
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func command(reader io.Writer) *cobra.Command {
	var options options
	root := &cobra.Command{
		Use:   "rehearse [FOLDER]",
		Short: "Live through dist/, or another folder of rendered files, on this machine, with no AWS account and no cluster",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				options.folder = args[0]
			}
			return rehearse(cmd.Context(), reader, options)
		},
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.Flags().StringVar(&options.top, "top", ".", "top of the repository")
	root.Flags().BoolVar(&options.keep, "keep", false, "leave everything up at the end, until Ctrl-C")
	return root
}
