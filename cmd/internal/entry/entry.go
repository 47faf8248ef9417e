// Package entry is how every command of the project begins and ends: with a fleet
// that was checked before jsii starts, with the Node.js that the project pins, and
// with one line where jsii fails.
package entry

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/jsii-runtime-go"

	"keyless-runners/cmd/internal/asleep"
	"keyless-runners/cmd/internal/temporary"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/internal/kernel"
)

// Run is the main function of a command: it prints the command's error and ends
// the process with status 1, or with that of a terminal.Status.
func Run(command func() error) {
	stderr := os.Stderr
	// The bindings make a client of jsii's when they are imported, for a runtime that
	// is not there (see asleep). A command that uses jsii gets a new client, and with it
	// a temporary folder and a choice of Node.js.
	jsii.Close()
	asleep.Wake()
	// The CDK sorts tags as the user's language does, and what is rendered has to be
	// the same everywhere.
	os.Setenv("LC_ALL", "C")
	terminal.Exit(command(), stderr)
}

// App is the command of an app that the CDK's or cdk8s' command line runs. It
// renders the declared fleet to the folder that the environment variable names,
// or else to outdir.
func (d Declaration) App(variable, outdir string, synth func(fleet.Checked, string)) func() error {
	if named := os.Getenv(variable); named != "" {
		outdir = named
	}
	return func() error { return d.Render(outdir, synth) }
}

// Checked returns the declared fleet once it is checked. Its error lists every problem of
// the fleet.
func (d Declaration) Checked() (fleet.Checked, error) {
	f, err := d.Fleet()
	if err != nil {
		return fleet.Checked{}, err
	}
	checked, err := f.Checked()
	var problems fleet.Problems
	if errors.As(err, &problems) {
		return fleet.Checked{}, d.Refuse(problems)
	}
	return checked, err
}

// Prepare returns the declared fleet once it is checked and jsii has what it needs
// to run.
func (d Declaration) Prepare() (fleet.Checked, error) {
	f, err := d.Checked()
	if err != nil {
		return f, err
	}
	node, err := Node()
	if err != nil {
		return f, err
	}
	if err := CheckNode(node); err != nil {
		return f, err
	}
	return f, os.Setenv(kernel.NodeVariable, node)
}

// Refuse is the error about a fleet with problems.
func (d Declaration) Refuse(problems fleet.Problems) error {
	count := identity.Count(len(problems), "problem", "problems")
	list := strings.ReplaceAll(problems.Error(), "\n", "\n  ")
	return fmt.Errorf("%s in the fleet, nothing was written:\n  %s\nedit %s and run the command again", count, list, d.File)
}

// Render renders the declared fleet to outdir. A panic of jsii becomes the error
// that it holds. Afterwards os.Stderr leads nowhere: see quit.
func (d Declaration) Render(outdir string, synth func(fleet.Checked, string)) (err error) {
	f, err := d.Prepare()
	if err != nil {
		return err
	}
	scratch, err := temporary.Folder("keyless-kernel-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := kernel.Use(scratch); err != nil {
		return err
	}
	defer quit()
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("%v", failure)
		}
	}()
	synth(f, outdir)
	return nil
}

// quit ends jsii's process. The runtime waits for it twice, from two goroutines,
// and the one that comes too late reports "Runtime process exited abnormally" to
// os.Stderr, now or later; that is hidden.
func quit() {
	if null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stderr = null
	}
	jsii.Close()
}
