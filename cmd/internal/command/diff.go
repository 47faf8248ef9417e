package command

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/temporary"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/cmd/internal/top"
	"keyless-runners/diff"
	"keyless-runners/preflight/report"
)

func diffCommand(place top.Top) *cobra.Command {
	files := input{top: place}
	format, allow := report.Text, []string(nil)
	cmd := &cobra.Command{
		Use:   "diff BASE [NOW]",
		Short: "Show who gained and who lost which push or pull, and what deploying will do",
		Long: `Diff compares two states of files: who gained and who lost which push or pull, of AWS
principals and of jobs, what CloudFormation and kubectl will do, and what will fail or
stay behind. BASE and NOW are folders, files, or git revisions of dist/, such as main or
HEAD~1; a file or folder of that name comes first. Without NOW it compares with dist/.

The exit status is 0 if no one gained a push or a pull, 1 if someone did, or may have, and 2 if the
input could not be read.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.RangeArgs(1, 2)(cmd, args); err != nil {
				return errors.New("diff wants BASE, and NOW if that is not dist: each is a folder, a file or a git revision of dist")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := files.diff(cmd, args, format, allow)
			if err == nil {
				err = diff.Write(cmd.OutOrStdout(), format, found)
			}
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			if found.Gains() {
				return terminal.Status{Code: statusFinding}
			}
			return nil
		},
	}
	files.flags(cmd)
	cmd.Flags().StringVar((*string)(&format), "format", string(format), "how to write the difference: text, json or markdown")
	cmd.Flags().StringArrayVar(&allow, "allow", nil, "NAME=REASON: what the role or pool gains is no finding")
	return cmd
}

// diff reads both states and compares them.
func (i *input) diff(cmd *cobra.Command, args []string, format report.Format, allow []string) (diff.Difference, error) {
	if err := diff.CheckFormat(format); err != nil {
		return diff.Difference{}, err
	}
	allowed, err := allowances(allow)
	if err != nil {
		return diff.Difference{}, err
	}
	if len(args) == 1 {
		if err := checkDist(i.top); err != nil {
			return diff.Difference{}, err
		}
		args = append(args, Dist)
	}
	base, err := i.state(cmd, args[0])
	now, nowErr := i.state(cmd, args[1])
	if err := errors.Join(err, nowErr); err != nil {
		return diff.Difference{}, err
	}
	return diff.Between(base, now, allowed), nil
}

// state reads a file or a folder, or else dist at a git revision.
func (i *input) state(cmd *cobra.Command, name string) (diff.State, error) {
	settings, err := i.settings()
	if err != nil {
		return diff.State{}, err
	}
	from := diff.Input{Label: name, Path: name, Accounts: i.accounts, Settings: settings}
	if _, err := os.Lstat(name); err == nil {
		return diff.Read(from)
	}
	scratch, err := temporary.Folder("keyless-diff-")
	if err != nil {
		return diff.State{}, err
	}
	defer os.RemoveAll(scratch)
	if err := checkOut(cmd.Context(), name, scratch); err != nil {
		return diff.State{}, err
	}
	from.Path = scratch + "/" + Dist
	state, err := diff.Read(from)
	if err != nil {
		return state, errors.New(strings.ReplaceAll(err.Error(), scratch+"/", name+":"))
	}
	return state, nil
}

// allowances are reasons by the names of roles and pools.
func allowances(allow []string) (map[string]string, error) {
	allowed := map[string]string{}
	for _, allowance := range allow {
		name, reason, ok := strings.Cut(allowance, "=")
		if !ok || name == "" || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("--allow %q: want NAME=REASON, the name of a role or a pool and why it may gain a push or a pull", allowance)
		}
		allowed[name] = reason
	}
	return allowed, nil
}
