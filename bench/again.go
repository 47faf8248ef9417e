package main

import (
	"context"
	"fmt"
	"path/filepath"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// again measures keyless synth where dist/ exists already.
type again struct {
	What  string
	Pools int
	Cost  cost
}

const (
	unchanged   = "nothing changed"
	makeSynth   = "nothing changed, make synth"
	poolChanged = "one pool changed"
	everything  = "everything"
)

func (b bench) again(ctx context.Context) ([]again, error) {
	var all []again
	for _, pools := range []int{1, 1_000} {
		measured, err := b.renderAgain(ctx, pools)
		if err != nil {
			return nil, err
		}
		all = append(all, measured...)
	}
	declared, err := fleet.Declared()
	if err != nil {
		return nil, err
	}
	made, err := measure(ctx, b.rounds, command{dir: b.repository, processes: [][]string{{"make", "synth"}}})
	if err != nil {
		return nil, err
	}
	all = append(all, again{makeSynth, len(declared.Pools), made.median(0)})
	for _, one := range all {
		fmt.Printf("%4d pools, %s: %.3f s\n", one.Pools, one.What, one.Cost.Wall)
	}
	return all, nil
}

// renderAgain measures in one folder, so that dist/ is what the last run has left.
func (b bench) renderAgain(ctx context.Context, pools int) ([]again, error) {
	f := fleettest.Growing(pools)
	before, err := b.build(ctx, f, fmt.Sprintf("again-%d", pools))
	if err != nil {
		return nil, err
	}
	f.Pools[pools/2].Image += "-next"
	after, err := b.build(ctx, f, fmt.Sprintf("changed-%d", pools))
	if err != nil {
		return nil, err
	}
	whole := b.keyless(before, filepath.Join(b.folder, fmt.Sprintf("again-%d-folder", pools)))
	same := whole
	same.before = nil
	changed := same
	changed.processes = [][]string{{after, "synth"}}
	changed.before = func() error {
		_, err := same.run(ctx, nil)
		return err
	}
	var all []again
	for _, run := range []struct {
		what    string
		command command
	}{{everything, whole}, {unchanged, same}, {poolChanged, changed}} {
		took, err := measure(ctx, b.rounds, run.command)
		if err != nil {
			return nil, err
		}
		all = append(all, again{run.what, pools, took.median(0)})
	}
	return all, nil
}
