// Package commandline is the command line of a fleet: cmd/keyless has it for the fleet of
// fleet/declared.go, and a program in another module for the fleet that it declares
// (docs/own-module.md).
//
// Start at Main.
package commandline

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/cmd/internal/top"
)

// Declaration is the fleet that a program is about.
type Declaration = entry.Declaration

// Main is the main function of a fleet's program: synth, verify, check and what else
// keyless does. It ends the process with the status of the command. What it renders goes to
// dist, and what it reads without being told comes from there.
func Main(d Declaration) {
	entry.Run(func() error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		return command.Execute(ctx, newRoot(d))
	})
}

func newRoot(d Declaration) *cobra.Command {
	root := command.Root("keyless", "GitHub Actions runners on EKS that push to ECR without a stored key", topOf(d))
	root.AddCommand(synthCommand(d), verifyCommand(d), migrateCommand(d), importCommand(d), appCommand(d), currentCommand(d))
	if topOf(d) == top.Copy { // what init writes is of package fleet, and doctor is built with it
		root.AddCommand(initCommand(d), doctorCommand())
	}
	return root
}

// topOf is where the fleet is declared.
func topOf(d Declaration) top.Top {
	return top.Top{File: d.File, Synth: d.SynthCommand}
}
