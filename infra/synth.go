package infra

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"keyless-runners/fleet"
)

// Synth writes the cloud assembly of a checked fleet to outdir: a template for
// each stack, in "STACK.template.json", and what the CDK's command line needs
// beside them. It panics, as all of jsii does, when CDK's own validation of the
// templates finds an error; the findings are then on standard error.
func Synth(f fleet.Fleet, outdir string) error {
	if err := removeOldReport(outdir); err != nil {
		return err
	}
	NewApp(f, outdir).Synth(nil)
	return nil
}

// removeOldReport removes the validation report of an earlier run, which CDK
// would count among the findings of this one.
func removeOldReport(outdir string) error {
	err := os.Remove(filepath.Join(outdir, "validation-report.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
