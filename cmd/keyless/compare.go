package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"keyless-runners/cmd/internal/entry"
	"keyless-runners/render"
)

// compare renders the declared fleet and finds what dist holds otherwise.
func compare(ctx context.Context, stderr io.Writer) (render.Files, render.Changes, error) {
	f, err := entry.Prepare()
	if err != nil {
		return nil, nil, err
	}
	done := progress(stderr, fmt.Sprintf("rendering %d pools", len(f.Pools)))
	files, err := render.Render(ctx, f, app("infra"), app("manifests"))
	done()
	if ctx.Err() != nil {
		return nil, nil, errors.New("interrupted, nothing was written")
	}
	if err != nil {
		return nil, nil, err
	}
	changes, err := render.Compare(dist, files)
	return files, changes, err
}
