package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"keyless-runners/fleet/fleettest"
)

// race is the project against the twin at one number of pools.
type race struct {
	Pools int
	// Validated reports that the CDK validates the templates.
	Validated  bool
	Ours, Twin cost
	// Wall and CPU are the medians of ours/twin of each round, Memory is the ratio
	// of the medians.
	Wall, CPU, Memory float64
}

var sizes = []int{1, 10, 100, 1_000}

func (b bench) races(ctx context.Context) ([]race, error) {
	var races []race
	for _, validated := range []bool{true, false} {
		for _, pools := range sizes {
			r, err := b.race(ctx, pools, validated)
			if err != nil {
				return nil, err
			}
			fmt.Printf("%4d pools, validated %-5t  ours %6.2f s, twin %6.2f s; ours/twin %.2f wall, %.2f CPU, %.2f memory\n",
				pools, validated, r.Ours.Wall, r.Twin.Wall, r.Wall, r.CPU, r.Memory)
			races = append(races, r)
		}
	}
	return races, nil
}

// race has both render the same fleet from nothing, in turn. Ours proves it, too.
func (b bench) race(ctx context.Context, pools int, validated bool) (race, error) {
	name := fmt.Sprintf("race-%d", pools)
	f := fleettest.Growing(pools)
	program, err := b.build(ctx, f, name)
	if err != nil {
		return race{}, err
	}
	handed := filepath.Join(b.folder, name+".fleet.json")
	if err := handOver(f, handed); err != nil {
		return race{}, err
	}
	ours := b.keyless(program, filepath.Join(b.folder, name+"-ours"))
	theirs := b.twin.command(handed, filepath.Join(b.folder, name+"-twin"))
	if !validated {
		ours.env, theirs.env = append(ours.env, "CDK_VALIDATION=false"), append(theirs.env, "CDK_VALIDATION=false")
	}
	all, err := measure(ctx, b.rounds, ours, theirs)
	if err != nil {
		return race{}, err
	}
	r := race{Pools: pools, Validated: validated, Ours: all.median(0), Twin: all.median(1)}
	r.Wall = all.ratio(func(c cost) float64 { return c.Wall })
	r.CPU = all.ratio(func(c cost) float64 { return c.CPU })
	r.Memory = float64(r.Ours.Memory) / float64(r.Twin.Memory)
	return r, sameMeaning(filepath.Join(ours.dir, "dist"), theirs.dir)
}

// keyless renders to an empty folder, which is the top of a fleet.
func (b bench) keyless(program, folder string) command {
	top := filepath.Join(folder, "fleet")
	return command{
		dir:       folder,
		env:       []string{"JSII_NODE=" + b.twin.node},
		processes: [][]string{{program, "synth"}},
		before: func() error {
			return errors.Join(os.RemoveAll(folder), os.MkdirAll(top, 0o755), os.WriteFile(filepath.Join(top, "declared.go"), nil, 0o644))
		},
	}
}

// sameMeaning reports the first file that the two have not rendered alike.
func sameMeaning(ours, theirs string) error {
	want, err := meanings(ours)
	if err != nil {
		return err
	}
	got, err := meanings(theirs)
	if err != nil {
		return err
	}
	for path := range want {
		if !reflect.DeepEqual(want[path], got[path]) {
			return fmt.Errorf("the race is not fair: ours and the twin's %s differ", path)
		}
	}
	if len(want) != len(got) {
		return fmt.Errorf("the race is not fair: we render %d files, the twin %d", len(want), len(got))
	}
	return nil
}
