package command

import (
	"errors"
	"fmt"
	"os"

	"keyless-runners/cmd/internal/top"
)

// Dist is the folder of what is rendered, at the top of the repository. What is in
// its folders and is not rendered any more is removed, so it is no option.
const Dist = "dist"

// checkDist returns an error unless there is a dist to read.
func checkDist(place top.Top) error {
	if _, err := os.Stat(Dist); !errors.Is(err, os.ErrNotExist) {
		return nil // what is wrong with it, its reader says
	}
	if err := place.Check(); err != nil {
		return fmt.Errorf("%w, or name the files or folders to read", err)
	}
	return fmt.Errorf(`%s/ is not there: run %q, or name the files or folders to read`, Dist, place.Synth)
}
