package commandline

import (
	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/program"
)

// currentCommand is for make: Go takes longer to find out.
func currentCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "current",
		Short:  "Fail unless Go would build this very program here",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return program.Current() },
	}
}
