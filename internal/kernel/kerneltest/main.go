// Package kerneltest has tests use jsii as keyless does.
package kerneltest

import (
	"cmp"
	"fmt"
	"os"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"keyless-runners/internal/kernel"
)

// Main is the TestMain of packages whose tests render. jsii's own launcher would read the
// rules of the CDK's validation anew for each of them, which takes longer than to render.
func Main(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) (status int) {
	folder, err := os.MkdirTemp("", "keyless-kernel-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	// jsii's client chose a Node.js when it was imported, "node" if none is named. The next one
	// chooses again.
	jsii.Close()
	os.Setenv(kernel.NodeVariable, cmp.Or(os.Getenv(kernel.NodeVariable), "node"))
	if err := kernel.Use(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer jsii.Close()
	return m.Run()
}
