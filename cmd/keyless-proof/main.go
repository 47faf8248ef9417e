// Keyless-proof is the part of keyless that renders nothing: it reads files, no matter who wrote
// them, and proves that jobs can push and that no one else can. It carries no jsii, needs
// no Node.js, and is one small file to download.
package main

import (
	"context"
	"os"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/cmd/internal/top"
)

func main() {
	root := command.Root("keyless-proof", "Prove that runners on EKS push to ECR without a stored key", top.Copy)
	terminal.Exit(command.Execute(context.Background(), root), os.Stderr)
}
