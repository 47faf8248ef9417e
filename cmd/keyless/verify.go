package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Fail if dist/ is not what the fleet renders to",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, changes, err := compare(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			for _, change := range changes {
				cmd.OutOrStdout().Write(change.Diff())
			}
			if len(changes) > 0 {
				return fmt.Errorf(`%s is not what the fleet renders to (%d files differ); run "make synth" and commit the result`, dist, len(changes))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d files, all as the fleet renders them\n", dist, len(files))
			return nil
		},
	}
}
