package render

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"keyless-runners/fleet"
	"keyless-runners/workflows"
)

// App renders what one tool makes of a fleet to a folder: infra.Synth or
// manifests.Synth, or a process that calls one of them. If it is given names, of
// stacks or of pools, it leaves out the others.
type App func(ctx context.Context, outdir string, names []string) error

// Render is everything that is rendered of a fleet, as it lies in dist/. It is
// rendered to outdir, which Apply then takes it from. Files that are known already are
// taken as they are; without any left to render an app is not run. All run at once. It
// returns the first error of an app.
func Render(ctx context.Context, checked fleet.Checked, known Files, outdir string, infra, manifests App) (Files, error) {
	f := checked.Fleet()
	group, running := errgroup.WithContext(ctx)
	run := func(folder string, app App, units []unit) {
		names, all := missing(units, known)
		if len(names) == 0 {
			return
		}
		if all {
			names = nil
		}
		group.Go(func() error { return app(running, filepath.Join(outdir, folder), names) })
	}
	run("infra", infra, stacks(f))
	run("manifests", manifests, charts(f))
	group.Go(func() error { return writeTexts(checked, known, outdir) })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	files, err := ReadFiles(outdir)
	if err != nil {
		return nil, err
	}
	files = files.rendered()
	maps.Copy(files, known)
	return files, files.checkTemplates()
}

// unit is a file that an app renders alone, and the name by which it is asked to.
type unit struct{ name, path string }

func stacks(f fleet.Fleet) (units []unit) {
	for _, stack := range f.Stacks() {
		units = append(units, unit{string(stack.Name), stack.TemplatePath()})
	}
	return units
}

// charts are the files of the pools, and of their namespaces, each of which is rendered
// with all of its pools, whose Pods it admits.
func charts(f fleet.Fleet) (units []unit) {
	for _, namespace := range f.Namespaces() {
		if !namespace.HasFile() {
			continue
		}
		for _, pool := range namespace.Pools {
			units = append(units, unit{string(pool.Name), namespace.ManifestPath()})
		}
	}
	for pool := range f.PoolsInClusters() {
		units = append(units, unit{string(pool.Name), pool.ManifestPath()})
	}
	return units
}

// missing are the names of the units that are not known, and whether these are all.
func missing(units []unit, known Files) (names []string, all bool) {
	for _, unit := range units {
		if known[unit.path] == nil {
			names = append(names, unit.name)
		}
	}
	return names, len(names) == len(units)
}

// writeTexts writes what is rendered without an app.
func writeTexts(checked fleet.Checked, known Files, outdir string) error {
	f := checked.Fleet()
	files := kustomizations(f, f.Namespaces())
	files[fleet.ActionlintPath] = workflows.RenderActionlint(f)
	for _, pool := range f.Pools {
		path := pool.WorkflowPath()
		if known[path] != nil {
			continue
		}
		workflow, err := workflows.Render(checked, pool.Name)
		if err != nil {
			return fmt.Errorf("workflow of pool %q: %w", pool.Name, err)
		}
		files[path] = workflow
	}
	if err := renderDeployments(f, files); err != nil {
		return err
	}
	return files.write(outdir)
}

// renderDeployments adds the workflows of deployments to files.
func renderDeployments(f fleet.Fleet, files Files) error {
	for _, d := range f.Deployments {
		deploy, err := workflows.RenderDeploy(d)
		if err != nil {
			return fmt.Errorf("workflow of deployment %q: %w", d.Stack, err)
		}
		diff, err := workflows.RenderDiff(d)
		if err != nil {
			return fmt.Errorf("workflow of deployment %q: %w", d.Stack, err)
		}
		files[d.DeployWorkflowPath()], files[d.DiffWorkflowPath()] = deploy, diff
	}
	return nil
}
