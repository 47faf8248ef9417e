package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// reader reads the story. When it is gone, as after "make rehearse | head",
// the rehearsal ends as if it were interrupted: what it started has to end, too.
type reader struct {
	io.Writer
	gone context.CancelFunc
}

// newReader returns the reader of standard output. The context ends when that is closed.
func newReader(ctx context.Context) (context.Context, *reader) {
	// Without a channel for the signal, writing would end the process at once.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, cancel := context.WithCancel(ctx)
	return ctx, &reader{os.Stdout, cancel}
}

func (r *reader) Write(text []byte) (int, error) {
	n, err := r.Writer.Write(text)
	if err != nil {
		r.gone()
	}
	return n, err
}
