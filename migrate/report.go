package migrate

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"keyless-runners/preflight/source"
)

// Remarks writes what was rewritten in a source repository, what is left to a person, and what
// to look at, each with its line.
func (r Result) Remarks(out io.Writer) {
	fmt.Fprintf(out, "%s: %s, by %s\n", r.Repository.Folder, r.Repository.Name, r.Repository.NamedBy)
	for _, job := range r.Rewritten {
		fmt.Fprintf(out, "%s: rewritten: job %q runs on pool %q\n", job.Place, job.ID, job.Pool.Name)
	}
	write := func(kind string, remarks []Remark) {
		for _, remark := range remarks {
			fmt.Fprintf(out, "%s: %s: %s\n    fix: %s\n", remark.Place, kind, remark.Problem, remark.Fix)
		}
	}
	write("left", r.Left)
	write("look", r.Notes)
	if len(r.Rewritten)+len(r.Left) == 0 {
		fmt.Fprintln(out, "nothing to do")
	}
}

// Table writes a line for each source repository.
func Table(out io.Writer, results []Result) {
	var table bytes.Buffer
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(columns, "SOURCE REPOSITORY\tFOLDER\tFILES\tREWRITTEN\tLEFT\tTO LOOK AT")
	for _, r := range results {
		fmt.Fprintf(columns, "%s\t%s\t%d\t%d\t%d\t%d\n", r.Repository.Name, r.Repository.Folder, len(r.Changes), len(r.Rewritten), len(r.Left), len(r.Notes))
	}
	columns.Flush()
	for line := range strings.Lines(table.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
}

// ToDelete writes, in their order, the steps after which no key is left: of the secrets that
// held keys, and of the IAM users that may push.
func ToDelete(out io.Writer, results []Result, users []User) {
	deletable, used := secretsOf(results)
	if len(deletable)+len(used)+len(users) == 0 {
		return
	}
	fmt.Fprintln(out, "to do, in this order:")
	steps := 0
	step := func(format string, args ...any) {
		steps++
		fmt.Fprintf(out, "%d. "+format+"\n", append([]any{steps}, args...)...)
	}
	step("merge the patch of each source repository")
	step("run each rewritten workflow once: it pushes without a key")
	if len(users) > 0 {
		step("deactivate the keys, and wait until nothing fails:")
		for _, user := range users {
			fmt.Fprintf(out, "   %s (%s): aws iam list-access-keys --user-name %s, then aws iam update-access-key --user-name %s --status Inactive --access-key-id ID\n",
				user.Name, user.Account, user.Name, user.Name)
		}
	} else {
		step("deactivate the keys that the secrets hold, and wait until nothing fails; give --iam to see which IAM users may push")
	}
	if len(deletable) > 0 {
		step("delete the secrets, each where it lives:")
		for _, line := range deletable {
			fmt.Fprintln(out, "   "+line)
		}
	}
	if len(users) > 0 {
		step("delete the keys, and the IAM users that are for nothing else:")
		for _, user := range users {
			fmt.Fprintf(out, "   %s (%s), which may push by %s\n", user.Name, user.Account, user.By)
		}
	}
	if len(used) > 0 {
		fmt.Fprintln(out, "not yet, because they are still used:")
		for _, line := range used {
			fmt.Fprintln(out, "   "+line)
		}
	}
}

// secretsOf are the secrets of all source repositories: those that nothing uses any more, and
// those that something does.
func secretsOf(results []Result) (deletable, used []string) {
	for _, r := range results {
		for _, secret := range r.Secrets {
			if secret.StillUsed != (source.Place{}) {
				used = append(used, fmt.Sprintf("%s of %s: %s", secret.Name, r.Repository.Name, secret.StillUsed))
				continue
			}
			where := string(r.Repository.Name)
			for _, environment := range secret.Environments {
				where += fmt.Sprintf(", its environment %q", environment)
			}
			deletable = append(deletable, fmt.Sprintf("%s of %s, or of the organization %s", secret.Name, where, r.Repository.Name.Owner()))
		}
	}
	slices.Sort(deletable)
	slices.Sort(used)
	return deletable, used
}
