package commandline

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/program"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/fleet"
	"keyless-runners/migrate"
)

// Statuses of migrate: what is left to a person is no failure of the command.
const (
	statusLeft   = 1
	statusUnread = 2
)

func migrateCommand(d Declaration) *cobra.Command {
	var accounts []string
	write := false
	cmd := &cobra.Command{
		Use:   "migrate REPO...",
		Short: "Rewrite workflows that push with a stored key, for the pools of the fleet",
		Long: `Migrate reads the workflows and actions of source repositories, each a folder, and
rewrites the jobs that push to Amazon ECR with a stored key or an assumed role for the pool
that takes their jobs and pushes where they push. It prints a patch for each, which "git apply"
reads in the folder, and on standard error what was rewritten and what is left to a person. A
job is rewritten as a whole or not at all.

The exit status is 0 if nothing is left to a person, 1 if something is, and 2 if a source
repository could not be read or written.`,
		Args: func(_ *cobra.Command, folders []string) error {
			if len(folders) == 0 {
				return errors.New("migrate wants REPO..., each the folder of a source repository")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, folders []string) error {
			if err := program.HasFleet(topOf(d)); err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			checked, err := d.Checked()
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			f := checked.Fleet()
			users, err := migrate.Users(f, accounts)
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			m := &migrator{fleet: f, write: write, patches: cmd.OutOrStdout(), remarks: cmd.ErrOrStderr(), errors: cmd.ErrOrStderr()}
			if write {
				m.remarks = cmd.OutOrStdout()
			}
			return m.all(folders, users)
		},
	}
	cmd.Flags().BoolVar(&write, "write", false, "change the files, instead of printing patches; those with changes that are not committed are refused")
	cmd.Flags().StringSliceVar(&accounts, "iam", nil, `FILE that "aws iam get-account-authorization-details" made, to list the IAM users that may push`)
	return cmd
}

// migrator migrates source repositories one after the other. One that fails keeps none of the
// others back.
type migrator struct {
	fleet                    fleet.Fleet
	write                    bool
	patches, remarks, errors io.Writer
}

func (m *migrator) all(folders []string, users []migrate.User) error {
	var results []migrate.Result
	status := 0
	for _, folder := range folders {
		result, err := m.one(folder)
		if err != nil {
			fmt.Fprintln(m.errors, "error:", err)
			status = statusUnread
			continue
		}
		if len(result.Left) > 0 {
			status = max(status, statusLeft)
		}
		results = append(results, result)
	}
	if len(results) > 0 {
		fmt.Fprintln(m.remarks)
		migrate.Table(m.remarks, results)
		fmt.Fprintln(m.remarks)
		migrate.ToDelete(m.remarks, results, users)
	}
	if status > 0 {
		return terminal.Status{Code: status}
	}
	return nil
}

func (m *migrator) one(folder string) (migrate.Result, error) {
	repository, err := migrate.Open(folder)
	if err != nil {
		return migrate.Result{}, err
	}
	result, err := repository.Migrate(m.fleet)
	if err != nil {
		return result, err
	}
	if m.write {
		err = result.Write()
	} else {
		_, err = m.patches.Write(result.Patch())
	}
	if err == nil {
		result.Remarks(m.remarks)
	}
	return result, err
}
