package commandline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/identity"
	"keyless-runners/initial"
)

// existing is the folder to which init reads what is there, as the commands of its plan do.
const existing = "existing"

func initCommand(d Declaration) *cobra.Command {
	i := &initialization{declaration: d}
	cmd := &cobra.Command{
		Use:   "init FILE|FOLDER...",
		Short: "Declare a fleet of the runners, roles and image repositories that exist",
		Long: `Init reads what "keyless check" reads: manifests and what "kubectl get -o yaml" prints,
CloudFormation templates, what "terraform show -json" prints, workflows, and what the AWS
command line shows of an account. It prints a fleet/declared.go in which the runners are
pools, and what others made is existing. Where a person has to decide, it has a question as
a comment, and lists the questions on standard error.

With --cluster and --region it reads the account and the cluster itself, into the folder
existing/, and with --plan too it prints commands that do, and makes none. They only read.
Credentials are those of AWS's SDK (environment, profile, role) and of kubeconfig.

The exit status is 0 if nothing is left to a person, 1 if there are questions, and 2 if the
input could not be read, has no runner, or the file could not be written.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			i.stdout, i.stderr = cmd.OutOrStdout(), cmd.ErrOrStderr()
			questions, err := i.run(cmd.Context(), paths)
			switch {
			case errors.As(err, new(terminal.Status)):
				return err
			case err != nil:
				return terminal.Status{Code: statusUnread, Err: err}
			case questions > 0:
				return terminal.Status{Code: statusLeft}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&i.write, "write", false, "write "+d.File+", unless someone wrote it or edited it")
	cmd.Flags().BoolVar(&i.plan, "plan", false, "print the commands whose outputs are wanted of the cluster, and make none")
	cmd.Flags().StringVar(&i.cluster, "cluster", "", "name of an EKS cluster that is there")
	cmd.Flags().StringVar(&i.region, "region", "", "region of the EKS cluster")
	cmd.Flags().StringVar(&i.context, "context", "", "context of kubeconfig, where none has the cluster's address or ARN")
	cmd.Flags().StringVar(&i.profile, "profile", "", "profile of AWS's configuration")
	return cmd
}

// initialization is one run of init.
type initialization struct {
	declaration      Declaration
	write, plan      bool
	cluster, region  string
	context, profile string
	stdout, stderr   io.Writer
}

// run returns how many questions are left to a person.
func (i *initialization) run(ctx context.Context, paths []string) (questions int, err error) {
	switch {
	case i.plan && len(paths) > 0:
		return 0, fmt.Errorf("--plan reads nothing, and %q is named; leave it out", paths[0])
	case i.plan && i.write:
		return 0, errors.New("--plan prints commands, and --write writes what comes of their outputs; leave one of them out")
	case i.plan:
		return 0, i.writePlan()
	case len(paths) == 0 && i.cluster+i.region == "":
		return 0, errors.New("no file is named; want files or folders of what exists, or --cluster and --region of a cluster that is there")
	}
	if err := i.checkTarget(); err != nil {
		return 0, err
	}
	if i.cluster+i.region != "" {
		if err := i.readLive(ctx); err != nil {
			return 0, err
		}
		paths = append([]string{existing}, paths...)
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
	cluster, region, err := i.named()
	if err == nil {
		_, err = io.WriteString(i.stdout, initial.Plan(cluster, region))
	}
	return err
}

// named checks the cluster that the flags name.
func (i *initialization) named() (identity.ClusterName, identity.Region, error) {
	name, region := identity.ClusterName(i.cluster), identity.Region(i.region)
	if err := name.Check(); err != nil {
		return name, region, fmt.Errorf("--cluster: %w", err)
	}
	if err := region.Check(); err != nil {
		return name, region, fmt.Errorf("--region: %w", err)
	}
	return name, region, nil
}

// readLive reads the account and the cluster into a folder. What could not be read is said.
func (i *initialization) readLive(ctx context.Context) error {
	if _, _, err := i.named(); err != nil {
		return err
	}
	args := []string{"--cluster", i.cluster, "--region", i.region, "--save", existing, "--only"}
	if i.context != "" {
		args = append(args, "--context", i.context)
	}
	if i.profile != "" {
		args = append(args, "--profile", i.profile)
	}
	return runDoctor(ctx, i.stdout, i.stderr, args...)
}

// checkTarget returns an error if the file to write is not to be replaced.
func (i *initialization) checkTarget() error {
	if !i.write {
		return nil
	}
	if err := topOf(i.declaration).Check(); err != nil {
		return err
	}
	before, err := os.ReadFile(i.declaration.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = initial.Replaceable(before)
	}
	if err != nil {
		return fmt.Errorf("%s: nothing was written: %w; move it away, or leave --write out and compare", i.declaration.File, err)
	}
	return nil
}

// writeResult writes the source, and then what is left to a person.
func (i *initialization) writeResult(result initial.Result) error {
	remarks := i.stderr
	if i.write {
		if err := replace(i.declaration.File, result.Source()); err != nil {
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
