package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// cost is the time and memory of a command.
type cost struct {
	// Wall and CPU are in seconds. CPU is of all processes of the command.
	Wall, CPU float64
	// Memory is the most that its processes held at once, in bytes. Zero: not
	// measured.
	Memory int64 `json:",omitempty"`
}

// command is a set of processes that are started at once and are done when the last
// is.
type command struct {
	dir       string
	env       []string
	processes [][]string
	// before makes things as they are to be; it is not measured.
	before func() error
}

// run runs the command once and returns what it took. While it runs, watch is given
// the processes, if it is not nil.
func (c command) run(ctx context.Context, watch func(pids []int)) (cost, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return cost{}, err
		}
	}
	var started []*exec.Cmd
	var pids []int
	start := time.Now()
	for _, args := range c.processes {
		process := exec.CommandContext(ctx, args[0], args[1:]...)
		process.Dir, process.Env = c.dir, append(os.Environ(), c.env...)
		var output bytes.Buffer // one for each process: they would write over each other's
		process.Stdout, process.Stderr = &output, &output
		if err := process.Start(); err != nil {
			return cost{}, err
		}
		started = append(started, process)
		pids = append(pids, process.Process.Pid)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if watch != nil {
			watch(pids)
		}
	}()
	var took cost
	for _, process := range started {
		if err := process.Wait(); err != nil {
			return cost{}, fmt.Errorf("%q: %w\n%s", process.Args, err, process.Stdout)
		}
		took.CPU += (process.ProcessState.UserTime() + process.ProcessState.SystemTime()).Seconds()
	}
	took.Wall = time.Since(start).Seconds()
	<-done
	return took, nil
}

// costs are the costs of several commands, round by round.
type costs [][]cost

// measure runs the commands in turn, for so many rounds after one that is not
// counted, and then measures their memory in separate rounds, because looking at
// it takes time.
func measure(ctx context.Context, rounds int, commands ...command) (costs, error) {
	all := make(costs, len(commands))
	for round := range rounds + 1 {
		for turn := range commands {
			i := (turn + round) % len(commands) // so that neither always runs second
			took, err := commands[i].run(ctx, nil)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				all[i] = append(all[i], took)
			}
		}
	}
	for i, command := range commands {
		for round := range min(rounds, 3) {
			peak, err := command.peak(ctx)
			if err != nil {
				return nil, err
			}
			all[i][round].Memory = peak
		}
	}
	return all, nil
}

// median returns the median of each figure of a command.
func (c costs) median(command int) cost {
	var walls, cpus []float64
	var memories []int64
	for _, one := range c[command] {
		walls, cpus = append(walls, one.Wall), append(cpus, one.CPU)
		if one.Memory > 0 {
			memories = append(memories, one.Memory)
		}
	}
	return cost{median(walls), median(cpus), median(memories)}
}

// ratio is the median of how a figure of the first command compares with that of the
// second in the same round.
func (c costs) ratio(figure func(cost) float64) float64 {
	var ratios []float64
	for round, one := range c[0] {
		ratios = append(ratios, figure(one)/figure(c[1][round]))
	}
	return median(ratios)
}

func median[V float64 | int64](values []V) V {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
