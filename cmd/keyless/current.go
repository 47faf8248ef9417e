package main

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	keyless "keyless-runners"
)

// currentCommand is for make: Go takes ten times as long to find out.
func currentCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "current",
		Short:  "Fail if Go would build another program here",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return current() },
	}
}

// current returns an error unless this program is known to be what Go would build here.
func current() error {
	debug.SetGCPercent(-1) // it is over before that would pay
	var group errgroup.Group
	group.Go(sameSources)
	group.Go(sameGo)
	return group.Wait()
}

func sameSources() error {
	if _, all := libraries(); !all {
		return errors.New("it was built with code that has no checksum")
	}
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	built, err := os.Stat(executable) // make gives it the time when it began to build
	if err != nil {
		return err
	}
	same, err := keyless.AreSources(os.DirFS("."), built.ModTime())
	if err == nil && !same {
		err = errors.New("it was built from other code")
	}
	return err
}

// sameGo returns an error if another Go would build the program, or be told how. Whether
// it notes the commit, which is all that -buildvcs decides, makes no difference.
func sameGo() error {
	output, err := exec.Command("go", "env", "GOVERSION", "GOFLAGS").Output()
	version, flags, _ := strings.Cut(string(output), "\n")
	if err == nil && (version != runtime.Version() || !slices.Contains([]string{"", "-buildvcs=false", "-buildvcs=true"}, strings.TrimSpace(flags))) {
		err = errors.New("it was built by another Go, or with other flags")
	}
	return err
}
