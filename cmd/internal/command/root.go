// Package command holds the commands that judge files and render nothing, for every
// program that has them. None of them needs jsii.
package command

import (
	"context"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/cmd/internal/top"
)

// statuses are of every command.
const statuses = `

The exit status is 0 if a command did its work and nothing is left to do, 1 if something is, such as
a finding, a question or a problem of the fleet, and 2 if the command line is wrong, or what it names
can't be read.`

// Root is the command of a program, with the commands that judge files below it. Without
// files they read the dist of the top.
func Root(name, short string, place top.Top) *cobra.Command {
	root := &cobra.Command{
		Use:     name,
		Short:   short,
		Long:    short + "." + statuses,
		Version: versionText(built()),
	}
	root.SetVersionTemplate("{{.Version}}")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(checkCommand(place), diffCommand(place), explainCommand(place), versionCommand())
	return root
}

// Execute runs the command that the command line names. An error before that one begins is about
// the command line itself.
func Execute(ctx context.Context, root *cobra.Command) error {
	root.SilenceErrors, root.SilenceUsage = true, true
	began := false
	root.PersistentPreRun = func(*cobra.Command, []string) { began = true }
	err := root.ExecuteContext(ctx)
	if err != nil && !began {
		return terminal.Status{Code: statusUnread, Err: err}
	}
	return err
}
