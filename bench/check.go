package main

import (
	"context"
	"fmt"
	"path/filepath"
)

// check is what keyless check takes for the files of so many pools.
type check struct {
	Pools int
	Cost  cost
}

func (b bench) checks(ctx context.Context) ([]check, error) {
	var all []check
	for _, pools := range append(sizes, 10_000) {
		folder := filepath.Join(b.folder, fmt.Sprintf("check-%d", pools))
		if err := writeFleet(folder, pools); err != nil {
			return nil, err
		}
		took, err := measure(ctx, b.rounds, command{processes: [][]string{{filepath.Join(b.repository, "bin/keyless"), "check", folder}}})
		if err != nil {
			return nil, err
		}
		one := check{pools, took.median(0)}
		fmt.Printf("%5d pools, keyless check: %.2f s, %s\n", pools, one.Cost.Wall, megabytes(one.Cost.Memory))
		all = append(all, one)
	}
	return all, nil
}
