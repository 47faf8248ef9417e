package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"keyless-runners/preflight/report"
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
			tell(cmd.OutOrStdout(), files, changes)
			return verdict(cmd.OutOrStdout())
		},
	}
}

// verdict says in a line whether what was rendered is proved. It does not follow from
// the fleet: what else lies in dist is judged too.
func verdict(out io.Writer) error {
	found, err := new(input).check(nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, report.Verdict(found))
	if !found.Proved() {
		return errors.New(`dist is written and not proved: run "keyless check" for the findings`)
	}
	return nil
}

// tell says what happened to which file, a line each, and how many there are.
func tell(out io.Writer, files render.Files, changes render.Changes) {
	count := map[string]int{}
	for _, change := range changes {
		added, removed := change.Lines()
		fmt.Fprintf(out, "%s %s (+%d -%d)\n", change.Kind(), dist+"/"+change.Path, added, removed)
		count[change.Kind()]++
	}
	fmt.Fprintf(out, "%s: %d files: %d created, %d changed, %d removed, %d unchanged\n", dist, len(files),
		count["created"], count["changed"], count["removed"], len(files)-count["created"]-count["changed"])
}
