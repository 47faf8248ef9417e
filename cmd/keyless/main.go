// Keyless is the project's command line. It renders the fleet to dist/, tells
// whether dist/ is what the fleet renders to, and proves from it, or from files that
// others wrote, that jobs can push and that no one else can.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/entry"
)

func main() {
	entry.Run(func() error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		root := command.Root("keyless", "GitHub Actions runners on EKS that push to ECR without a stored key")
		root.AddCommand(synthCommand(), verifyCommand(), initCommand(), migrateCommand(), appCommand(), currentCommand())
		return root.ExecuteContext(ctx)
	})
}
