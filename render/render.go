package render

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"keyless-runners/fleet"
	"keyless-runners/workflows"
)

// App renders what one tool makes of a fleet to a folder: infra.Synth or
// manifests.Synth, or a process that calls one of them.
type App func(ctx context.Context, outdir string) error

// Render is everything that is rendered of a checked fleet, as it lies in dist/.
// Both apps run at once. It returns the first error of an app.
func Render(ctx context.Context, f fleet.Fleet, infra, manifests App) (Files, error) {
	temporary, err := os.MkdirTemp("", "keyless-runners-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temporary)

	apps := map[string]App{"infra": infra, "manifests": manifests}
	group, ctx := errgroup.WithContext(ctx)
	for folder, app := range apps {
		group.Go(func() error { return app(ctx, filepath.Join(temporary, folder)) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}

	files := Files{}
	for folder := range apps {
		if err := files.read(folder, filepath.Join(temporary, folder)); err != nil {
			return nil, err
		}
	}
	if err := files.checkTemplates(); err != nil {
		return nil, err
	}
	for _, pool := range f.Pools {
		workflow, err := workflows.Render(pool)
		if err != nil {
			return nil, fmt.Errorf("workflow of pool %q: %w", pool.Name, err)
		}
		files["workflows/push-"+string(pool.Name)+".yaml"] = workflow
	}
	return files, nil
}
