package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	var b bench
	flag.IntVar(&b.rounds, "rounds", 5, "how often each command runs")
	fresh := flag.Bool("fresh", false, "measure a fresh machine instead, which downloads everything")
	again := flag.Bool("report", false, "write the report of the last figures anew, without measuring")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := func() error { return b.run(ctx, *fresh) }
	if *again {
		run = rewrite
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// rewrite writes the report of the last run.
func rewrite() error {
	all, err := readResults()
	if err != nil {
		return err
	}
	return all.write()
}

// bench is where and how often things are measured.
type bench struct {
	// repository is the top of this repository, folder a place for what is rendered.
	repository, folder string
	rounds             int
	twin               twin
}

func (b bench) run(ctx context.Context, fresh bool) (err error) {
	if b.repository, err = filepath.Abs("."); err != nil {
		return err
	}
	b.twin = twin{filepath.Join(b.repository, "node_modules/.bin/node"), filepath.Join(b.repository, "bench/twin/lib")}
	if b.folder, err = os.MkdirTemp("", "keyless-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.folder)

	all, err := readResults()
	if err != nil {
		return err
	}
	if fresh {
		all.Fresh, err = b.fresh(ctx)
	} else {
		err = b.measure(ctx, &all)
	}
	if err != nil {
		return err
	}
	if err := all.write(); err != nil {
		return err
	}
	return missed(all.goals())
}

// measure takes all figures but those of a fresh machine.
func (b bench) measure(ctx context.Context, all *results) (err error) {
	all.Date, all.Rounds, all.Machine = time.Now().UTC().Format(time.DateOnly), b.rounds, describeMachine()
	if all.Races, err = b.races(ctx); err != nil {
		return err
	}
	if all.Again, err = b.again(ctx); err != nil {
		return err
	}
	all.Checks, all.Checkers, err = b.checks(ctx)
	return err
}
