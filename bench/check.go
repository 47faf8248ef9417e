package main

import (
	"fmt"
	"path/filepath"
	"strconv"
)

// goals are how long keyless check may take on two cores, and how much memory, by
// the number of pools.
var goals = []struct {
	pools   int
	seconds float64
	bytes   int64
}{
	{1, 1, 1 << 30},
	{10, 1, 1 << 30},
	{100, 1, 1 << 30},
	{1_000, 1, 1 << 30},
	{10_000, 10, 1 << 30},
}

// checks measures keyless check on fleets of growing size. It returns an error if a
// goal is missed.
func checks(program, folder string, rounds int) error {
	fmt.Printf("keyless check, medians of %d rounds\n%8s %10s %10s %10s\n", rounds, "pools", "wall", "CPU", "memory")
	missed := 0
	for _, goal := range goals {
		fleet := filepath.Join(folder, strconv.Itoa(goal.pools))
		if err := writeFleet(fleet, goal.pools); err != nil {
			return err
		}
		cost, err := measure(rounds, program, "check", fleet)
		if err != nil {
			return err
		}
		remark := ""
		if cost.wall.Seconds() > goal.seconds || cost.memory > goal.bytes {
			missed++
			remark = fmt.Sprintf("  over %g s or %d MB", goal.seconds, goal.bytes>>20)
		}
		fmt.Printf("%8d %8.2f s %8.2f s %7d MB%s\n", goal.pools, cost.wall.Seconds(), cost.cpu.Seconds(), cost.memory>>20, remark)
	}
	if missed > 0 {
		return fmt.Errorf("%d goals were missed", missed)
	}
	return nil
}
