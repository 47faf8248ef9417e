// Package top knows the top of a fleet: the folder that has the file that declares it.
package top

import (
	"fmt"
	"os"
	"path/filepath"
)

// Top is how the top of a fleet is known.
type Top struct {
	// File is the file that the top of the fleet has, and no other folder.
	File string
	// Synth is the command that renders the fleet there, as messages name it.
	Synth string
}

// Copy is the top of a copy of this project.
var Copy = Top{File: "fleet/declared.go", Synth: "make synth"}

// Check returns an error unless the folder that keyless runs in is the top of the fleet:
// what it writes elsewhere would be in the way of someone else's files.
func (t Top) Check() error {
	here, err := os.Getwd()
	if err != nil || t.is(here) {
		return err
	}
	problem := fmt.Sprintf("%q is not the top of a fleet: it has no %s", here, t.File)
	if top := t.above(here); top != "" {
		return fmt.Errorf("%s; the top is %q: run this command there", problem, top)
	}
	return fmt.Errorf("%s; run this command in the folder that has it", problem)
}

// above is the nearest folder above this one that is the top of the fleet, "" if none is.
func (t Top) above(folder string) string {
	for above := filepath.Dir(folder); above != folder; folder, above = above, filepath.Dir(above) {
		if t.is(above) {
			return above
		}
	}
	return ""
}

func (t Top) is(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, t.File))
	return err == nil && info.Mode().IsRegular()
}
