package migrate

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Remarks writes what was rewritten in a source repository, what is left to a person, and what
// to look at, each with its line.
func (r Result) Remarks(out io.Writer) {
	fmt.Fprintf(out, "%s: %s, by %s\n", r.Repository.Folder, r.Repository.Name, r.Repository.NamedBy)
	for _, job := range r.Rewritten {
		fmt.Fprintf(out, "%s: rewritten: job %q runs on pool %q and pushes to %s\n", job.Place, job.ID, job.Pool.Name, facts.Listed(job.PushesTo))
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

// ToDelete writes, in their order, the steps after which no key is left: for the secrets that
// held keys, and the IAM users that may push. It writes nothing if there are none.
func ToDelete(out io.Writer, results []Result, users []User) {
	secrets, used := secretsOf(results)
	if len(secrets) == 0 {
		return
	}
	fmt.Fprintln(out, "to do, in this order:")
	step := 0
	write := func(what string, lines []string) {
		step++
		fmt.Fprintf(out, "%d. %s\n", step, what)
		for _, line := range lines {
			fmt.Fprintln(out, "   "+line)
		}
	}
	write("merge the patch of each source repository", nil)
	write("run each rewritten workflow once, and see that it pushes", nil)
	if len(used) > 0 {
		write("see to what is left; these secrets are still used", used)
	}
	write("deactivate the keys, and wait until it is sure that nothing needs them", deactivate(users))
	write("delete the secrets, each where it lives", secrets)
	write("delete the keys, and the IAM users that are for nothing else", deleteKeys(users))
}

func deactivate(users []User) (lines []string) {
	for _, user := range users {
		lines = append(lines,
			fmt.Sprintf("IAM user %s of account %s %s push to %s", user.Name, user.Account, certainty(user), facts.Listed(user.PushesTo)),
			"  aws iam list-access-keys --user-name "+user.Name,
			"  aws iam update-access-key --user-name "+user.Name+" --status Inactive --access-key-id ID")
	}
	if len(users) == 0 {
		return []string{"no IAM user is known; --iam lists those that may push"}
	}
	return lines
}

func deleteKeys(users []User) (lines []string) {
	for _, user := range users {
		lines = append(lines, "aws iam delete-access-key --user-name "+user.Name+" --access-key-id ID")
	}
	return lines
}

// certainty says how sure it is that a user may push.
func certainty(user User) string {
	if user.Unknown != "" {
		return "may perhaps (" + user.Unknown + ")"
	}
	return "may"
}

// secretsOf are the secrets of all source repositories, with where they may live, and those of
// them that something still uses, with where it does first.
func secretsOf(results []Result) (all, used []string) {
	for _, r := range results {
		for _, secret := range r.Secrets {
			line := fmt.Sprintf("%s of %s", secret.Name, r.Repository.Name)
			for _, environment := range secret.Environments {
				line += fmt.Sprintf(", its environment %q", environment)
			}
			line += fmt.Sprintf(" or the organization %s", r.Repository.Name.Owner())
			all = append(all, line)
			if secret.StillUsed != (source.Place{}) {
				used = append(used, fmt.Sprintf("%s of %s: %s", secret.Name, r.Repository.Name, secret.StillUsed))
			}
		}
	}
	slices.Sort(all)
	slices.Sort(used)
	return all, used
}
