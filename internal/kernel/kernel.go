// Package kernel is the Node.js process that jsii's libraries run in, started
// without the second process that jsii's own launcher puts in between, and with the
// CDK's validation ready to use.
//
// Start at Use. What it changes is in kernel.cjs and validator.cjs, which run in
// that process before jsii does.
package kernel

import (
	"embed"
	"errors"
	"os"
	"path/filepath"
)

// NodeVariable is the environment variable in which jsii looks for its Node.js.
const NodeVariable = "JSII_NODE"

//go:embed kernel.sh kernel.cjs validator.cjs
var scripts embed.FS

// Use has the next kernel of this process start from an empty folder, on the Node.js
// that NodeVariable names. The owner of the folder removes it once jsii is closed.
func Use(dir string) error {
	if err := os.CopyFS(dir, scripts); err != nil {
		return err
	}
	start := filepath.Join(dir, "kernel.sh")
	return errors.Join(
		os.Chmod(start, 0o755),
		os.Setenv("KEYLESS_NODE", os.Getenv(NodeVariable)),
		os.Setenv(NodeVariable, start),
	)
}
