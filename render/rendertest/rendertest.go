// Package rendertest renders fleets in the tests of other packages.
package rendertest

import (
	"context"
	"sync"
	"testing"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/render"
)

// Synth renders a fleet to a folder, as infra.Synth and manifests.Synth do.
type Synth = func(f fleet.Checked, outdir string)

// Render renders a fleet in which there is no problem to outdir, with the two apps in this
// process: its one jsii kernel takes one call at a time.
func Render(t testing.TB, declared fleet.Fleet, outdir string, infra, manifests Synth) render.Files {
	t.Helper()
	f := fleettest.Checked(t, declared)
	var kernel sync.Mutex
	app := func(synth Synth) render.App {
		return func(_ context.Context, outdir string, _ []string) error {
			kernel.Lock()
			defer kernel.Unlock()
			synth(f, outdir)
			return nil
		}
	}
	files, err := render.Render(t.Context(), f, nil, outdir, app(infra), app(manifests))
	if err != nil {
		t.Fatal(err)
	}
	return files
}
