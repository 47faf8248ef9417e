package commandline

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/identity"
	"keyless-runners/render"
)

func verifyCommand(d Declaration) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Fail if dist/ is not what the fleet renders to",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, changes, err := compare(cmd.Context(), d, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return judge(cmd.OutOrStdout(), d, files, changes)
		},
	}
}

// judge shows what dist holds otherwise than it is rendered. If there is any, that is an
// error.
func judge(out io.Writer, d Declaration, files render.Files, changes render.Changes) error {
	for _, change := range changes {
		out.Write(change.Diff())
	}
	if len(changes) > 0 {
		return fmt.Errorf(`%s is not what the fleet renders to (%s); run %q and commit the result`,
			command.Dist, identity.Count(len(changes), "file differs", "files differ"), d.SynthCommand)
	}
	_, err := fmt.Fprintf(out, "%s: %s\n", command.Dist, identity.Count(len(files), "file, as the fleet renders it", "files, all as the fleet renders them"))
	return err
}
