// Package command holds the commands that judge files and render nothing, for every
// program that has them. None of them needs jsii.
package command

import "github.com/spf13/cobra"

// Dist is the folder of what is rendered, at the top of the repository. What is in
// its folders and is not rendered any more is removed, so it is no option.
const Dist = "dist"

// Root is the command of a program, with the commands that judge files below it.
func Root(name, short string) *cobra.Command {
	root := &cobra.Command{
		Use:           name,
		Short:         short,
		Version:       versionText(built()),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Version}}")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(checkCommand(), diffCommand(), explainCommand(), versionCommand())
	return root
}
