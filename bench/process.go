package main

import (
	"fmt"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// cost is what a process takes.
type cost struct {
	wall, cpu time.Duration
	// memory is the most that was resident, in bytes.
	memory int64
}

// measure runs a command so many times and returns the median of each figure. One
// run before them, which is not counted, warms the disk's cache.
func measure(rounds int, program string, args ...string) (cost, error) {
	var walls, cpus []time.Duration
	var memories []int64
	for round := range rounds + 1 {
		one, err := once(program, args...)
		if err != nil {
			return cost{}, err
		}
		if round > 0 {
			walls, cpus, memories = append(walls, one.wall), append(cpus, one.cpu), append(memories, one.memory)
		}
	}
	return cost{median(walls), median(cpus), median(memories)}, nil
}

func once(program string, args ...string) (cost, error) {
	process := exec.Command(program, args...)
	start := time.Now()
	output, err := process.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return cost{}, fmt.Errorf("%s %q: %w\n%s", program, args, err, output)
	}
	used := process.ProcessState.SysUsage().(*syscall.Rusage)
	return cost{wall, process.ProcessState.UserTime() + process.ProcessState.SystemTime(), used.Maxrss << 10}, nil
}

func median[V time.Duration | int64](values []V) V {
	slices.Sort(values)
	return values[len(values)/2]
}
