// Package command holds the commands that judge files and render nothing, for every
// program that has them. None of them needs jsii.
package command

import (
	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/top"
)

// Root is the command of a program, with the commands that judge files below it. Without
// files they read the dist of the top.
func Root(name, short string, place top.Top) *cobra.Command {
	root := &cobra.Command{
		Use:           name,
		Short:         short,
		Version:       versionText(built()),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Version}}")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(checkCommand(place), diffCommand(place), explainCommand(place), versionCommand())
	return root
}
