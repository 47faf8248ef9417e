// Keyless is the project's command line. It renders the fleet to dist/, tells
// whether dist/ is what the fleet renders to, and proves from it, or from files that
// others wrote, that jobs can push and that no one else can.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/entry"
)

// dist is the folder of what is rendered, at the top of the repository. What is in
// its folders and is not rendered any more is removed, so it is no option.
const dist = "dist"

func main() {
	entry.Run(func() error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		return command().ExecuteContext(ctx)
	})
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "keyless",
		Short:         "GitHub Actions runners on EKS that push to ECR without a stored key",
		Version:       versionText(built()),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Version}}")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(synthCommand(), verifyCommand(), checkCommand(), diffCommand(), explainCommand(), versionCommand(), appCommand(), currentCommand())
	return root
}
