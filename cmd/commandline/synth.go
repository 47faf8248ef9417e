package commandline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/program"
	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
	"keyless-runners/render"
)

// build is where synth renders, and last where it keeps the record of that.
const (
	build = ".build"
	last  = build + "/rendered"
)

func synthCommand(d Declaration) *cobra.Command {
	return &cobra.Command{
		Use:   "synth",
		Short: "Render the fleet to dist/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return synth(cmd.Context(), d, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
}

// synth renders what dist does not hold already, and proves dist anew if anything in
// it is not as it was.
func synth(ctx context.Context, d Declaration, stdout, stderr io.Writer) error {
	if err := topOf(d).Check(); err != nil {
		return err
	}
	// Next to nothing of what is read is garbage, until it is known whether anything
	// has changed.
	collecting := debug.SetGCPercent(-1)
	now, err := look(d)
	if err != nil {
		_, problems := d.Prepare() // the fleet's come first
		return cmp.Or(problems, err)
	}
	id, err := program.ID()
	if err != nil {
		return err
	}
	record := now.record
	files := record.Known(now.plan, now.dist, now.digests)
	if id == record.Program && now.plan.Fleet == record.Plan.Fleet && maps.Equal(now.digests, record.Dist) {
		tell(stdout, files, nil)
		fmt.Fprintln(stdout, record.Verdict)
		return nil
	}
	debug.SetGCPercent(collecting)
	f, err := prepare(d)
	if err != nil {
		return err
	}
	outdir, err := scratch()
	if err != nil {
		return err
	}
	defer os.RemoveAll(outdir)
	var ahead preflight.Ahead
	if files, err = rendered(ctx, stderr, f, files, outdir, readingAhead(app("manifests"), outdir, &ahead)); err != nil {
		return err
	}
	changes := render.Compare(now.dist, files)
	if err := changes.Apply(outdir, command.Dist); err != nil {
		return err
	}
	tell(stdout, files, changes)
	warn(stderr, now.dist, changes)
	record.Plan, record.Program, record.Dist = now.plan, id, now.after(changes)
	return prove(stdout, d, record, ahead)
}

// readingAhead is an app that renders manifests and then reads them and the workflows for the proof, while the
// templates, which take longer, are still rendered below outdir.
func readingAhead(manifests render.App, outdir string, ahead *preflight.Ahead) render.App {
	return func(ctx context.Context, folder string, names []string) error {
		if err := manifests(ctx, folder, names); err != nil {
			return err
		}
		var texts []preflight.Text
		for _, kind := range []string{"manifests", "workflows"} {
			files, err := render.ReadFiles(filepath.Join(outdir, kind))
			if err != nil {
				return err
			}
			for path, content := range files {
				texts = append(texts, preflight.Text{Name: filepath.Join(command.Dist, kind, path), Bytes: content})
			}
		}
		*ahead = preflight.ReadAhead(texts)
		return nil
	}
}

// scratch is a new folder to render to, beside command.Dist, so that files can be moved there.
func scratch() (string, error) {
	if err := os.MkdirAll(build, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(build, "rendering-")
}

// state is the state before anything is rendered.
type state struct {
	dist    render.Files
	digests map[string]render.Digest
	plan    render.Plan
	record  render.Record
}

// look reads what dist holds, and what is known of it, at once: if nothing has
// changed, there is nothing else to do.
func look(d Declaration) (now state, err error) {
	var group errgroup.Group
	group.Go(func() (err error) {
		now.dist, err = render.ReadFiles(command.Dist)
		now.digests = now.dist.Digests()
		return err
	})
	group.Go(func() error {
		declared, err := d.Fleet()
		if err != nil {
			return err
		}
		renderer, err := program.Renderer()
		now.record = render.ReadRecord(last, renderer)
		now.plan = now.record.PlanOf(declared)
		return err
	})
	err = group.Wait()
	return now, err
}

// after are the digests of what dist holds once the changes are made. It is not read
// again: what another process writes meanwhile was not rendered.
func (s state) after(changes render.Changes) map[string]render.Digest {
	for _, change := range changes {
		delete(s.digests, change.Path)
	}
	maps.Copy(s.digests, changes.After().Digests())
	return s.digests
}

// prove says in a line whether what was rendered is proved, and then keeps the record.
// It does not follow from the fleet: what else lies in dist is judged too.
func prove(out io.Writer, d Declaration, record render.Record, ahead preflight.Ahead) error {
	found, err := command.Check(topOf(d), ahead)
	if err != nil {
		return err
	}
	record.Verdict = report.Verdict(found)
	fmt.Fprintln(out, record.Verdict)
	if !found.Proved() {
		return errors.New(`dist is written and not proved: run "keyless check" for the findings`)
	}
	return record.Write(last)
}

// tell prints what happened to which file, a line each, and how many there are.
func tell(out io.Writer, files render.Files, changes render.Changes) {
	count := map[string]int{}
	for _, change := range changes {
		added, removed := change.Lines()
		fmt.Fprintf(out, "%s %s (+%d -%d)\n", change.Kind(), command.Dist+"/"+change.Path, added, removed)
		count[change.Kind()]++
	}
	fmt.Fprintf(out, "%s: %s: %d created, %d changed, %d removed, %d unchanged\n", command.Dist, identity.Count(len(files), "file", "files"),
		count["created"], count["changed"], count["removed"], len(files)-count["created"]-count["changed"])
}
