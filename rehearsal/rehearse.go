package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/program"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/scene"
	"keyless-runners/rehearsal/stage"
	"keyless-runners/rehearsal/story"
)

type options struct {
	top  string
	keep bool
	// folder has the rendered files; "" is dist/ at the top.
	folder string
}

// rehearse builds what is needed, plays every scene in a new folder, and leaves
// nothing behind.
func rehearse(ctx context.Context, reader io.Writer, o options) error {
	folder := cmp.Or(o.folder, filepath.Join(o.top, "dist"))
	fleet, err := rendered.Read(folder)
	if err != nil {
		return err
	}
	tell := story.New(reader, term.IsTerminal(int(os.Stdout.Fd())))
	set, err := build(ctx, tell, o.top)
	if err != nil {
		return err
	}
	if set.Folder, err = os.MkdirTemp("", "keyless-rehearsal-"); err != nil {
		return err
	}
	defer os.RemoveAll(set.Folder)
	up, err := stage.New(set)
	if err != nil {
		return err
	}
	defer up.Stop()
	run := scene.Rehearsal{Stage: up, Story: tell, Top: o.top, Fleet: fleet, Declared: o.folder == ""}
	err = run.Run(ctx)
	if o.keep && ctx.Err() == nil {
		fmt.Fprint(reader, up.Addresses())
		<-ctx.Done()
	}
	return err
}

// build has the programs that a rehearsal runs built once, and moto installed.
func build(ctx context.Context, tell *story.Story, top string) (stage.Options, error) {
	folder := filepath.Join(top, ".build", "rehearsal")
	var set stage.Options
	var err error
	if set.Self, err = os.Executable(); err != nil {
		return set, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		set.Programs, err = program.Build(ctx, filepath.Join(top, "rehearsal"), folder, func(s program.Step) {
			told(tell, s.Elapsed, fmt.Sprintf("building %s, once (%d of %d)", s.Program, s.Number, s.Of))
		})
		return err
	})
	group.Go(func() (err error) {
		set.Python, err = moto.Install(ctx, folder, func(elapsed time.Duration) {
			told(tell, elapsed, "installing moto, once")
		})
		return err
	})
	return set, errors.Join(group.Wait())
}

// told says in a pipe that something begins, and on a terminal how long it has taken.
func told(tell *story.Story, elapsed time.Duration, what string) {
	if elapsed == 0 {
		tell.Line("%s", what)
	}
	tell.Doing("%s: %.0f s", what, elapsed.Seconds())
}
