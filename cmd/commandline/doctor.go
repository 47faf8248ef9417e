package commandline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/terminal"
)

// doctorProgram reads accounts and clusters, and stands beside keyless.
const doctorProgram = "keyless-doctor"

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:                "doctor [FILE|FOLDER]...",
		Short:              "Prove what is deployed, and find what differs from dist/",
		DisableFlagParsing: true, // the flags are the program's
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDoctor(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args...)
		},
	}
}

// runDoctor runs the program, and returns its status.
func runDoctor(ctx context.Context, stdout, stderr io.Writer, args ...string) error {
	program, err := beside(doctorProgram)
	if err != nil {
		return terminal.Status{Code: statusUnread, Err: err}
	}
	run := exec.CommandContext(ctx, program, args...)
	run.Stdin, run.Stdout, run.Stderr = os.Stdin, stdout, stderr
	run.Cancel = func() error { return run.Process.Signal(os.Interrupt) }
	err = run.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return terminal.Status{Code: ended.ExitCode()}
	}
	return err
}

// beside is the path of a program in the folder of this one.
func beside(name string) (string, error) {
	own, err := os.Executable()
	if err == nil {
		own, err = filepath.EvalSymlinks(own)
	}
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(own), name)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s, which reads accounts and clusters, is not beside %s: run \"make doctor\", which builds it", name, filepath.Base(own))
	}
	return path, nil
}
