package cluster

import (
	"context"
	"io"
	"os"

	"keyless-runners/rehearsal/process"
)

// Kubectl runs kubectl as the administrator, with stdin as its input.
func (c *Cluster) Kubectl(ctx context.Context, stdin io.Reader, args ...string) (process.Result, error) {
	return process.Run(ctx, process.Command{
		Name: "kubectl",
		Path: c.Programs.Kubectl,
		Args: append([]string{"--kubeconfig=" + c.Kubeconfig, "--cache-dir=" + c.path("kubectl")}, args...),
		Env:  []string{"HOME=" + c.Folder, "TMPDIR=" + c.Folder, "PATH=" + os.Getenv("PATH")},
	}, stdin)
}
