package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/identity"
	"keyless-runners/initial"
)

// declaration is the file that init writes.
const declaration = "fleet/declared.go"

func initCommand() *cobra.Command {
	i := &initialization{}
	cmd := &cobra.Command{
		Use:   "init FILE|FOLDER...",
		Short: "Declare a fleet of the runners, roles and image repositories that exist",
		Long: `Init reads what "keyless check" reads: manifests and what "kubectl get -o yaml" prints,
CloudFormation templates, what "terraform show -json" prints, workflows, and what the AWS
command line shows of an account. It prints a fleet/declared.go in which the runners are
pools, and what others made is existing. Where a person has to decide, it has a question as
a comment, and lists the questions on standard error.

With --plan it prints the commands whose outputs are wanted, for the cluster and the region.
They only read.

The exit status is 0 if nothing is left to a person, 1 if there are questions, and 2 if the
input could not be read, has no runner, or the file could not be written.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			i.stdout, i.stderr = cmd.OutOrStdout(), cmd.ErrOrStderr()
			questions, err := i.run(paths)
			switch {
			case err != nil:
				return terminal.Status{Code: statusUnread, Err: err}
			case questions > 0:
				return terminal.Status{Code: statusLeft}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&i.write, "write", false, "write "+declaration+", unless someone wrote it or edited it")
	cmd.Flags().BoolVar(&i.plan, "plan", false, "print the commands whose outputs are wanted, for --cluster and --region")
	cmd.Flags().StringVar(&i.cluster, "cluster", "", "name of the EKS cluster, for --plan")
	cmd.Flags().StringVar(&i.region, "region", "", "region of the EKS cluster, for --plan")
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return terminal.Status{Code: statusUnread, Err: err} })
	return cmd
}

// initialization is one run of init.
type initialization struct {
	write, plan     bool
	cluster, region string
	stdout, stderr  io.Writer
}

// run returns how many questions are left to a person.
func (i *initialization) run(paths []string) (questions int, err error) {
	switch {
	case i.plan && len(paths) > 0:
		return 0, fmt.Errorf("--plan reads nothing, and %q is named; leave it out", paths[0])
	case i.plan:
		return 0, i.writePlan()
	case i.cluster+i.region != "":
		return 0, errors.New("--cluster and --region are for --plan: add it, run what it prints, and name the folder of the outputs")
	case len(paths) == 0:
		return 0, errors.New("no file is named; want files or folders of what exists, which \"keyless init --plan --cluster NAME --region REGION\" shows how to get")
	}
	if err := i.checkTarget(); err != nil {
		return 0, err
	}
	found, err := initial.Read(paths)
	if err != nil {
		return 0, err
	}
	result, err := found.Declare()
	if err != nil {
		return 0, err
	}
	return len(result.Questions), i.writeResult(result)
}

func (i *initialization) writePlan() error {
	name, region := identity.ClusterName(i.cluster), identity.Region(i.region)
	if err := name.Check(); err != nil {
		return fmt.Errorf("--cluster: %w", err)
	}
	if err := region.Check(); err != nil {
		return fmt.Errorf("--region: %w", err)
	}
	_, err := io.WriteString(i.stdout, initial.Plan(name, region))
	return err
}

// checkTarget returns an error if the file to write is not to be replaced.
func (i *initialization) checkTarget() error {
	if !i.write {
		return nil
	}
	if err := command.AtTop(); err != nil {
		return err
	}
	before, err := os.ReadFile(declaration)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = initial.Replaceable(before)
	}
	if err != nil {
		return fmt.Errorf("%s: nothing was written: %w; move it away, or leave --write out and compare", declaration, err)
	}
	return nil
}

// writeResult writes the source, and then what is left to a person.
func (i *initialization) writeResult(result initial.Result) error {
	remarks := i.stderr
	if i.write {
		if err := replace(declaration, result.Source()); err != nil {
			return err
		}
		remarks = i.stdout
	} else if _, err := i.stdout.Write(result.Source()); err != nil {
		return err
	}
	return result.WriteRemarks(remarks)
}

// replace writes a file as a whole or not at all.
func replace(name string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(name), ".declared-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(content)
	if err := errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}
