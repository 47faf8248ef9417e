// Keyless-doctor is the part of keyless that reads AWS accounts and clusters: "keyless doctor" and
// "keyless init" run it. It is a separate program, because AWS's SDK and client-go would slow
// every start of keyless.
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
		return command.Execute(ctx, doctorCommand(entry.Own()))
	})
}
