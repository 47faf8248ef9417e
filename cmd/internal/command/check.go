package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/cmd/internal/top"
	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/report"
)

// Statuses of check. A finding is no failure of the command, so its status differs
// from input that could not be read.
const (
	statusFinding = 1
	statusUnread  = 2
)

func checkCommand(place top.Top) *cobra.Command {
	files := input{top: place}
	format := report.Text
	cmd := &cobra.Command{
		Use:   "check [FILE|FOLDER|-]...",
		Short: "Prove from files alone that jobs can push, and that no one else can",
		Long: `Check reads CloudFormation templates, Kubernetes manifests, eksctl's ClusterConfig,
GitHub workflows, IAM policy documents, what "terraform show -json" prints of a plan
or a state, and what the AWS command line shows of an account, whatever wrote them, and
follows each runner from its Pod to the image repositories. Without arguments it reads
dist/.

The exit status is 0 if everything is proved, 1 if there is a finding, and 2 if the
input could not be read.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := format.Check(); err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			found, err := files.check(paths)
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			if err := report.Write(cmd.OutOrStdout(), format, found, preflight.Kinds()); err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			if !found.Proved() {
				return terminal.Status{Code: statusFinding}
			}
			return nil
		},
	}
	files.flags(cmd)
	cmd.Flags().StringVar((*string)(&format), "format", string(format), "how to write the report: text, json, sarif or markdown")
	return cmd
}

// input names what check and explain read.
type input struct {
	top             top.Top
	account, region string
	accounts        []string
	parameters      []string
}

func (i *input) flags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&i.accounts, "iam", nil, `FILE that "aws iam get-account-authorization-details" made`)
	cmd.Flags().StringVar(&i.account, "account", "", "account of templates and of Terraform's provider without an alias, where they do not determine it")
	cmd.Flags().StringVar(&i.region, "region", "", "region of templates and of Terraform's provider without an alias, where they do not determine it")
	cmd.Flags().StringArrayVar(&i.parameters, "parameter", nil, "NAME=VALUE of a template's parameter")
}

// Check reads the dist of the top, but for what was read ahead, and judges it.
func Check(place top.Top, ahead preflight.Ahead) (preflight.Report, error) {
	if err := checkDist(place); err != nil {
		return preflight.Report{}, err
	}
	return judge(preflight.Input{Paths: []string{Dist}, Ahead: ahead})
}

// check reads the files and judges them.
func (i *input) check(paths []string) (preflight.Report, error) {
	settings, err := i.settings()
	if err != nil {
		return preflight.Report{}, err
	}
	if len(paths) == 0 {
		if err := checkDist(i.top); err != nil {
			return preflight.Report{}, err
		}
		paths = []string{Dist}
	}
	return judge(preflight.Input{Paths: paths, Accounts: i.accounts, Settings: settings})
}

func judge(files preflight.Input) (preflight.Report, error) {
	facts, read, err := preflight.Read(files)
	if err != nil {
		return preflight.Report{}, err
	}
	found := preflight.Check(facts)
	found.Files = read
	return found, nil
}

func (i *input) settings() (cloudformation.Settings, error) {
	settings := cloudformation.Settings{Account: identity.AccountID(i.account), Region: identity.Region(i.region), Parameters: map[string]string{}}
	if i.account != "" {
		if err := settings.Account.Check(); err != nil {
			return settings, fmt.Errorf("--account: %w", err)
		}
	}
	if i.region != "" {
		if err := settings.Region.Check(); err != nil {
			return settings, fmt.Errorf("--region: %w", err)
		}
	}
	for _, parameter := range i.parameters {
		name, value, ok := strings.Cut(parameter, "=")
		if !ok || name == "" {
			return settings, fmt.Errorf("--parameter %q: want NAME=VALUE", parameter)
		}
		if before, twice := settings.Parameters[name]; twice && before != value {
			return settings, fmt.Errorf("--parameter %q: %s is %q already; give it once", parameter, name, before)
		}
		settings.Parameters[name] = value
	}
	return settings, nil
}
