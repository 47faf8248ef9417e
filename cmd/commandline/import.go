package commandline

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"keyless-runners/adopt"
	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/program"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/fleet"
	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

func importCommand(d Declaration) *cobra.Command {
	var from importFiles
	format := adopt.ResourcesToImport
	cmd := &cobra.Command{
		Use:   "import STACK RESOURCE...",
		Short: "Render what a stack needs to take over resources that exist",
		Long: `Import renders what AWS CloudFormation's resource import takes, so that a stack of
the fleet takes over roles, managed policies, OIDC providers, image repositories, pull
through caches and associations of EKS Pod Identity that exist. Name each by its logical id, by
what it is called in AWS, or, of an association, by CLUSTER/NAMESPACE/SERVICEACCOUNT. Nothing is asked of AWS, and
nothing in AWS is changed by an import: the next deployment changes what differs.

--format chooses what is written to standard output, named as the options that take it:
resources-to-import and template-body of "aws cloudformation create-change-set
--change-set-type IMPORT", and resource-mapping of "cdk import".`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return errors.New("import wants STACK, and each RESOURCE of it to take over, by logical id or by its name in AWS")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			stack, err := importStack(d, args[0], from)
			if err := cmp.Or(adopt.CheckFormat(format), err); err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			found, err := adopt.New(stack, args[1:])
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			if format == adopt.ResourceMapping {
				remarkOnCDK(cmd.ErrOrStderr(), args[0])
			}
			return found.Write(cmd.OutOrStdout(), format)
		},
	}
	cmd.Flags().StringVar(&from.iam, "iam", "", `FILE that "aws iam get-account-authorization-details" made, for roles and policies`)
	cmd.Flags().StringSliceVar(&from.associations, "association", nil, `FILE that "aws eks describe-pod-identity-association" made`)
	cmd.Flags().StringVar(&from.deployed, "deployed", "", `FILE that "aws cloudformation get-template" made of the stack; without, the import makes the stack`)
	cmd.Flags().StringVar(&format, "format", format, strings.Join(adopt.Formats, ", "))
	return cmd
}

// remarkOnCDK says what the CDK's command line does not do: it records the rendered template.
func remarkOnCDK(stderr io.Writer, stack string) {
	fmt.Fprintf(stderr, "cdk import records each resource as the fleet declares it, whatever it is in AWS: run \"npx cdk drift %s\" after it, and put right what differs\n", stack)
}

// importFiles are the files with what AWS shows of a stack and of the resources to take over.
type importFiles struct {
	iam, deployed string
	associations  []string
}

// importStack is a stack of the fleet, with what the files hold of it.
func importStack(d Declaration, name string, files importFiles) (adopt.Stack, error) {
	if err := topOf(d).Check(); err != nil {
		return adopt.Stack{}, err
	}
	if err := program.HasFleet(topOf(d)); err != nil {
		return adopt.Stack{}, err
	}
	f, err := d.Checked()
	if err != nil {
		return adopt.Stack{}, err
	}
	stack, err := stackNamed(f.Fleet(), name)
	if err != nil {
		return adopt.Stack{}, err
	}
	from := adopt.Stack{Account: stack.Account, Partition: stack.Region.Partition()}
	file := filepath.Join(command.Dist, stack.TemplatePath())
	if from.Template, err = os.ReadFile(file); errors.Is(err, os.ErrNotExist) {
		return from, fmt.Errorf("%s is not there: run %q first", file, d.SynthCommand)
	}
	details, detailsErr := readDetails(files.iam)
	template, templateErr := readIfNamed(files.deployed)
	err = errors.Join(err, detailsErr, templateErr)
	for _, file := range files.associations {
		association, associationErr := source.Read(file)
		from.Associations, err = append(from.Associations, association), errors.Join(err, associationErr)
	}
	from.Details, from.Deployed = details, template
	return from, err
}

func stackNamed(f fleet.Fleet, name string) (fleet.Stack, error) {
	var known []string
	for _, stack := range f.Stacks() {
		if string(stack.Name) == name {
			return stack, nil
		}
		known = append(known, fmt.Sprintf("%q", stack.Name))
	}
	return fleet.Stack{}, fmt.Errorf("%q is no stack of the fleet: want one of %s", name, strings.Join(known, ", "))
}

// readDetails reads what AWS shows of the account, and nothing else.
func readDetails(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	if _, _, err := preflight.Read(preflight.Input{Accounts: []string{file}}); err != nil {
		return nil, err
	}
	return source.Read(file)
}

func readIfNamed(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	return source.Read(file)
}
