// Keyless is the project's command line. It renders the fleet to dist/ and tells
// whether dist/ is what the fleet renders to.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/entry"
)

func main() {
	entry.Run(func() error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		return command().ExecuteContext(ctx)
	})
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "keyless",
		Short:         "GitHub Actions runners on EKS that push to ECR without a stored key",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().String("dist", "dist", "the folder of what is rendered")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(synthCommand(), verifyCommand(), appCommand())
	return root
}
