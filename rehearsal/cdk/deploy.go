package cdk

import (
	"context"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
)

// Deploy deploys the stacks of an assembly that are the account's, and returns those
// that it changed: none, when all of it is there already.
func (c *CLI) Deploy(ctx context.Context, account *moto.Server, assembly *Assembly) ([]identity.StackName, error) {
	var stacks []string
	for _, stack := range assembly.of(account) {
		stacks = append(stacks, string(stack.Name))
	}
	if len(stacks) == 0 {
		return nil, nil // "cdk deploy" without a name would take all
	}
	args := append([]string{"deploy", "--app", assembly.folder, "--require-approval", "never", "--exclusively"}, stacks...)
	said, err := c.run(ctx, c.deployer(account), args...)
	if err != nil {
		return nil, err
	}
	return changed(said, stacks), nil
}

// changed leaves out the stacks that, as the command line reports, were so
// before.
func changed(said string, stacks []string) []identity.StackName {
	var names []identity.StackName
	for _, stack := range stacks {
		if !strings.Contains(said, " "+stack+" (no changes)\n") {
			names = append(names, identity.StackName(stack))
		}
	}
	return names
}
