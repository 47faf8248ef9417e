package commandline

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/temporary"
	"keyless-runners/fleet"
	"keyless-runners/infra"
	"keyless-runners/manifests"
	"keyless-runners/render"
)

// apps are the apps that keyless runs as further processes of its own program. jsii's runtime has
// one kernel for a process and takes one call at a time, so two apps render at
// once in two processes only; and as they are the same program, they render the
// same fleet.
var apps = map[string]struct {
	synth func(fleet.Checked, string)
	// part is the fleet with the named stacks or pools alone.
	part func(fleet.Checked, []string) fleet.Checked
}{
	"infra":     {infra.Synth, fleet.Checked.InStacks},
	"manifests": {manifests.Synth, fleet.Checked.OfPools},
}

func appCommand(d Declaration) *cobra.Command {
	return &cobra.Command{
		Use:    "app infra|manifests OUTDIR [NAME]...",
		Hidden: true,
		Args:   cobra.MinimumNArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			app, ok := apps[args[0]]
			if !ok {
				return fmt.Errorf("no app %q: want infra or manifests", args[0])
			}
			return d.Render(args[1], func(f fleet.Checked, outdir string) {
				if names := args[2:]; len(names) > 0 {
					f = app.part(f, names)
				}
				app.synth(f, outdir)
			})
		},
	}
}

// app runs one of the apps in a separate process. What it prints goes to the user
// if it fails, and nowhere if it does not. Its temporary files go with it even if the
// process is interrupted.
func app(name string) render.App {
	return func(ctx context.Context, outdir string, names []string) error {
		program, err := os.Executable()
		if err != nil {
			return err
		}
		scratch, err := temporary.Folder("keyless-" + name + "-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(scratch)
		process := exec.CommandContext(ctx, program, append([]string{"app", name, outdir}, names...)...)
		process.Env = append(os.Environ(), "TMPDIR="+scratch)
		// Node.js is the process's own child, and has to end with it.
		process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		process.Cancel = func() error { return syscall.Kill(-process.Process.Pid, syscall.SIGKILL) }
		output, err := process.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s failed (%w):\n%s", name, err, bytes.TrimSpace(output))
		}
		return nil
	}
}
