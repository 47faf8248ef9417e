package commandline

import (
	"context"
	"errors"
	"io"
	"os"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/temporary"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/fleet"
	"keyless-runners/render"
)

// rendered renders the fleet to outdir, but for the files that are known.
func rendered(ctx context.Context, stderr io.Writer, f fleet.Checked, known render.Files, outdir string, manifests render.App) (render.Files, error) {
	done := terminal.Progress(stderr, "rendering the fleet")
	files, err := render.Render(ctx, f, known, outdir, app("infra"), manifests)
	done()
	if ctx.Err() != nil {
		return nil, errors.New("interrupted, nothing was written")
	}
	return files, err
}

// compare renders the whole of the declared fleet and finds what dist holds otherwise.
func compare(ctx context.Context, d Declaration, stderr io.Writer) (render.Files, render.Changes, error) {
	if err := topOf(d).Check(); err != nil {
		return nil, nil, err
	}
	f, err := prepare(d)
	if err != nil {
		return nil, nil, err
	}
	outdir, err := temporary.Folder("keyless-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(outdir)
	files, err := rendered(ctx, stderr, f, nil, outdir, app("manifests"))
	if err != nil {
		return nil, nil, err
	}
	before, err := render.ReadFiles(command.Dist)
	return files, render.Compare(before, files), err
}
