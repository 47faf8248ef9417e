package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"keyless-runners/render"
)

func synthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "synth",
		Short: "Render the fleet to dist/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, changes, err := compare(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := changes.Apply(dist); err != nil {
				return err
			}
			report(cmd.OutOrStdout(), files, changes)
			return nil
		},
	}
}

// report says what happened to which file, a line each, and how many there are.
func report(out io.Writer, files render.Files, changes render.Changes) {
	count := map[string]int{}
	for _, change := range changes {
		added, removed := change.Lines()
		fmt.Fprintf(out, "%s %s (+%d -%d)\n", change.Kind(), dist+"/"+change.Path, added, removed)
		count[change.Kind()]++
	}
	fmt.Fprintf(out, "%s: %d files: %d created, %d changed, %d removed, %d unchanged\n", dist, len(files),
		count["created"], count["changed"], count["removed"], len(files)-count["created"]-count["changed"])
}
