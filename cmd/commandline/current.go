package commandline

import (
	"errors"
	"runtime/debug"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/program"
	"keyless-runners/cmd/internal/terminal"
)

// statusRan is the status of current if the command that it was to run failed: 1 and 2 are those
// of a program that is to be built anew.
const statusRan = 3

// currentCommand is for make: asking Go takes longer, and a second start of this program as long as the
// comparison.
func currentCommand(d Declaration) *cobra.Command {
	return &cobra.Command{
		Use:    "current [COMMAND]",
		Short:  "Fail unless Go would build this very program here, and run a command if so",
		Hidden: true,
		Args: func(_ *cobra.Command, then []string) error {
			_, _, err := newRoot(d).Find(then)
			return err
		},
		RunE: func(cmd *cobra.Command, then []string) error {
			collecting := debug.SetGCPercent(-1) // next to nothing of what is read is garbage
			err := program.Current()
			debug.SetGCPercent(collecting)
			switch {
			case len(then) == 0:
				return err
			case err != nil: // make builds the program, and needs no reason
				return terminal.Status{Code: 1}
			}
			root := newRoot(d)
			root.SetArgs(then)
			if err := command.Execute(cmd.Context(), root); err != nil {
				status := terminal.Status{Err: err}
				errors.As(err, &status)
				return terminal.Status{Code: statusRan, Err: status.Err}
			}
			return nil
		},
	}
}
