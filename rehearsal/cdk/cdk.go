// Package cdk deploys the project's app as its user does, with the CDK's command line
// that the project pins, to an account on this machine. Nothing of the user's is
// read or written on the way: no profile, no credentials, no cdk.out.
package cdk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/process"
)

// CLI is the command line.
type CLI struct {
	// top is the folder of cdk.json, folder is one of our own.
	top, folder string
}

// New prepares the command line. Top is the top of the repository, whose node_modules
// has it; the folder is an existing one that it may fill.
func New(top, folder string) (*CLI, error) {
	var c CLI
	var err error
	if c.top, err = filepath.Abs(top); err != nil {
		return nil, err
	}
	if c.folder, err = filepath.Abs(folder); err != nil {
		return nil, err
	}
	for _, program := range []string{"cdk", "node"} {
		if _, err := os.Stat(c.program(program)); err != nil {
			return nil, fmt.Errorf(`%s is not installed here: at the top of the repository, run "make setup" and then this command`, program)
		}
	}
	return &c, nil
}

func (c *CLI) program(name string) string {
	return filepath.Join(c.top, "node_modules", ".bin", name)
}

// Bootstrap prepares the account for the CDK, once in each region that the assembly
// has a stack of it in.
func (c *CLI) Bootstrap(ctx context.Context, account *moto.Server, assembly *Assembly) error {
	var places []string
	for _, stack := range assembly.of(account) {
		places = append(places, fmt.Sprintf("aws://%s/%s", stack.Account, stack.Region))
	}
	if len(places) == 0 {
		return nil // "cdk bootstrap" without a place would take all
	}
	slices.Sort(places)
	// Without --app it would render the app by the command in cdk.json.
	args := append([]string{"bootstrap", "--app", assembly.folder}, slices.Compact(places)...)
	_, err := c.run(ctx, c.deployer(account), args...)
	return err
}

// run runs the command line with an environment, and returns what it printed.
func (c *CLI) run(ctx context.Context, env []string, args ...string) (string, error) {
	command := process.Command{Name: "cdk " + args[0], Path: c.program("cdk"), Args: args, Env: env, Dir: c.top}
	result, err := process.Run(ctx, command, nil)
	if err == nil {
		err = result.Failure()
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", command.Name, err)
	}
	return string(result.Stdout) + string(result.Stderr), nil
}
