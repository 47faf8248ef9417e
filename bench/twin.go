package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"keyless-runners/fleet"
)

// twin is the TypeScript CDK app and cdk8s app that render the same fleet, compiled
// (make .build/twin).
type twin struct {
	// node is the Node.js that runs both, lib the folder of the compiled apps.
	node, lib string
}

// handOver writes the fleet as the twin reads it.
func handOver(f fleet.Fleet, file string) error {
	content, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// render has both apps render the fleet in the file to outdir, at once, as keyless
// does: one after the other takes them longer.
func (t twin) render(ctx context.Context, file, outdir string) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, args := range t.apps(file, outdir) {
		group.Go(func() error {
			output, err := exec.CommandContext(ctx, t.node, args...).CombinedOutput()
			if err != nil {
				return fmt.Errorf("twin %q: %w\n%s", args, err, output)
			}
			return nil
		})
	}
	return group.Wait()
}

func (t twin) apps(file, outdir string) [][]string {
	return [][]string{
		{filepath.Join(t.lib, "cdk.js"), file, filepath.Join(outdir, "infra")},
		{filepath.Join(t.lib, "cdk8s.js"), file, filepath.Join(outdir, "manifests"), filepath.Join(outdir, "workflows")},
	}
}
