package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/entry"
	"keyless-runners/render"
)

func synthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "synth",
		Short: "Render the fleet to dist/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dist := cmd.Flag("dist").Value.String()
			files, changes, err := compare(cmd.Context(), dist, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := changes.Apply(dist); err != nil {
				return err
			}
			report(cmd.OutOrStdout(), dist, files, changes)
			return nil
		},
	}
}

// compare renders the declared fleet and finds what dist holds otherwise.
func compare(ctx context.Context, dist string, stderr io.Writer) (render.Files, render.Changes, error) {
	f, err := entry.Prepare()
	if err != nil {
		return nil, nil, err
	}
	done := progress(stderr, fmt.Sprintf("rendering %d pools", len(f.Pools)))
	files, err := render.Render(ctx, f, app("infra"), app("manifests"))
	done()
	if ctx.Err() != nil {
		return nil, nil, errors.New("interrupted, nothing was written")
	}
	if err != nil {
		return nil, nil, err
	}
	changes, err := render.Compare(dist, files)
	return files, changes, err
}

// report says what happened to which file, a line each, and how many there are.
func report(out io.Writer, dist string, files render.Files, changes render.Changes) {
	count := map[string]int{}
	for _, change := range changes {
		added, removed := change.Lines()
		fmt.Fprintf(out, "%s %s (+%d -%d)\n", change.Kind(), filepath.Join(dist, change.Path), added, removed)
		count[change.Kind()]++
	}
	fmt.Fprintf(out, "%s: %d files: %d created, %d changed, %d removed, %d unchanged\n", dist, len(files),
		count["created"], count["changed"], count["removed"], len(files)-count["created"]-count["changed"])
}
