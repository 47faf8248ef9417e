package program

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	keyless "keyless-runners"
	"keyless-runners/cmd/internal/top"
)

// Current returns an error unless this program is known to be what Go would build here.
func Current() error {
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	// What make keeps beside the program of its last build is what "go env GOVERSION
	// GOFLAGS GOWORK" said before. It has the time when the build began, and so has the
	// program.
	built := executable + ".built"
	began, err := buildTime(executable, built)
	if err != nil {
		return err
	}
	var group errgroup.Group
	group.Go(func() error { return sameSources(began) })
	group.Go(func() error { return sameGo(built) })
	return group.Wait()
}

// HasFleet returns an error if the fleet's file is another than this program was compiled with.
// Make compiles it again; a command that is run without make would take the old fleet for the
// new. The program of another module is run by Go itself.
func HasFleet(place top.Top) error {
	if place != top.Copy || keyless.HasFleet(os.DirFS(".")) {
		return nil
	}
	return fmt.Errorf("%s was changed since this keyless was built: run %q, and then this command again", place.File, place.Synth)
}

// buildTime is when make began to build this program.
func buildTime(executable, built string) (time.Time, error) {
	program, err := os.Stat(executable)
	if err != nil {
		return time.Time{}, err
	}
	kept, err := os.Stat(built)
	if err == nil && !kept.ModTime().Equal(program.ModTime()) {
		err = errors.New("this program is not the one that make built last")
	}
	return program.ModTime(), err
}

func sameSources(began time.Time) error {
	if _, all := libraries(); !all {
		return errors.New("this program was built with code that has no checksum")
	}
	same, err := keyless.AreSources(os.DirFS("."), began)
	if err == nil && !same {
		err = errors.New("this program was built from other code, or while it was changed")
	}
	return err
}

// sameGo returns an error if another Go would build the program, or be told otherwise.
// Flags and workspaces can name code that is not looked at, so there may be none, but
// for -buildvcs, which decides no more than whether the commit is noted.
func sameGo(built string) error {
	before, err := os.ReadFile(built)
	if err != nil {
		return err
	}
	now, err := exec.Command("go", "env", "GOVERSION", "GOFLAGS", "GOWORK").Output()
	if err != nil {
		return err
	}
	told := strings.Split(string(now), "\n")
	harmless := len(told) == 4 && slices.Contains([]string{"", "-buildvcs=false", "-buildvcs=true"}, told[1]) && slices.Contains([]string{"", "off"}, told[2])
	if string(before) != string(now) || !harmless {
		return errors.New("this program was built by another Go, or Go is told to build another")
	}
	return nil
}
