package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// check measures the check of the files of so many pools: with keyless, and with
// keyless-proof, which carries nothing that renders.
type check struct {
	Pools       int
	Cost, Proof cost
}

// checker is a program that checks, and what it takes to start it.
type checker struct {
	Name  string
	Bytes int64
	Start cost
}

func (b bench) checks(ctx context.Context) (all []check, programs []checker, err error) {
	keyless, proof := filepath.Join(b.repository, "bin/keyless"), filepath.Join(b.folder, "keyless-proof")
	build := exec.CommandContext(ctx, "go", "build", "-o", proof, "./cmd/keyless-proof")
	if output, err := build.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("%q: %w\n%s", build.Args, err, output)
	}
	starts, err := measure(ctx, b.rounds, command{processes: [][]string{{keyless, "version"}}}, command{processes: [][]string{{proof, "version"}}})
	if err != nil {
		return nil, nil, err
	}
	for i, program := range []string{keyless, proof} {
		info, err := os.Stat(program)
		if err != nil {
			return nil, nil, err
		}
		programs = append(programs, checker{filepath.Base(program), info.Size(), starts.median(i)})
	}
	for _, pools := range append(sizes, 10_000) {
		folder := filepath.Join(b.folder, fmt.Sprintf("check-%d", pools))
		if err := writeFleet(folder, pools); err != nil {
			return nil, nil, err
		}
		took, err := measure(ctx, b.rounds,
			command{processes: [][]string{{keyless, "check", folder}}}, command{processes: [][]string{{proof, "check", folder}}})
		if err != nil {
			return nil, nil, err
		}
		one := check{pools, took.median(0), took.median(1)}
		fmt.Printf("%5d pools, keyless check: %.2f s, %s; keyless-proof check: %.2f s, %s\n", pools,
			one.Cost.Wall, megabytes(one.Cost.Memory), one.Proof.Wall, megabytes(one.Proof.Memory))
		all = append(all, one)
	}
	return all, programs, nil
}
