package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// declaration is the file that the top of a fleet has, and no other folder.
const declaration = "fleet/declared.go"

// AtTop returns an error unless the folder that keyless runs in is the top of a fleet:
// what it writes elsewhere would be in the way of somebody else's files.
func AtTop() error {
	here, err := os.Getwd()
	if err != nil || isTop(here) {
		return err
	}
	problem := fmt.Sprintf("%q is not the top of a fleet: it has no %s", here, declaration)
	if top := topAbove(here); top != "" {
		return fmt.Errorf("%s; the top is %q: run this command there", problem, top)
	}
	return fmt.Errorf("%s; run this command in the folder that has it", problem)
}

// distOrTop returns an error unless there is a dist to read.
func distOrTop() error {
	if _, err := os.Stat(Dist); !errors.Is(err, os.ErrNotExist) {
		return nil // what is wrong with it, its reader says
	}
	if err := AtTop(); err != nil {
		return fmt.Errorf("%w, or name the files or folders to read", err)
	}
	return fmt.Errorf(`%s/ is not there: run "make synth", or name the files or folders to read`, Dist)
}

// topAbove is the nearest folder above this one that is the top of a fleet, "" if none is.
func topAbove(folder string) string {
	for above := filepath.Dir(folder); above != folder; folder, above = above, filepath.Dir(above) {
		if isTop(above) {
			return above
		}
	}
	return ""
}

func isTop(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, declaration))
	return err == nil && info.Mode().IsRegular()
}
