package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/cmd/internal/top"
	"keyless-runners/diagnose"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
	"keyless-runners/preflight/source"
)

// pictures are how explain can show a chain.
var pictures = map[string]func(io.Writer, []preflight.Chain) error{
	"text":    report.Chains,
	"mermaid": report.Mermaid,
}

func explainCommand(place top.Top) *cobra.Command {
	files := input{top: place}
	format, failed := "text", ""
	cmd := &cobra.Command{
		Use:   "explain [FILE|FOLDER|-]... [NAME]",
		Short: "Show the chain from the job to the image repository, or where it broke",
		Long: `Explain shows the chain of each runner link by link, or of those that have
the name: a pool's, a RunnerDeployment's, a scale set's, or the one that explain prints,
with or without its kind. A file or folder of that name comes first. With --error it
reads what a failed job printed and shows which link of the chain broke and where to
look. Without files it reads dist/.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			show, ok := pictures[format]
			if !ok {
				return terminal.Status{Code: statusUnread, Err: fmt.Errorf("unknown format %q: want text or mermaid", format)}
			}
			paths, name := splitName(args)
			if cmd.Flags().Changed("error") {
				return files.explainError(cmd, failed, paths)
			}
			found, err := files.check(paths)
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			chains, err := choose(found.Chains, name)
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			return show(cmd.OutOrStdout(), chains)
		},
	}
	files.flags(cmd)
	cmd.Flags().StringVar(&format, "format", format, "how to show the chain: text, mermaid")
	cmd.Flags().StringVar(&failed, "error", "", "TEXT that a failed job printed; - reads it from standard input")
	return cmd
}

// splitName takes a name off the end of the arguments: it is no file.
func splitName(args []string) (paths []string, name string) {
	if len(args) == 0 {
		return nil, ""
	}
	last := args[len(args)-1]
	if _, err := os.Stat(last); err == nil || last == source.Stdin || last == "" {
		return args, ""
	}
	return args[:len(args)-1], last
}

// explainError says what a failed job's text means, with lines of the files if there
// are files.
func (i *input) explainError(cmd *cobra.Command, text string, paths []string) error {
	if text == "-" {
		log, err := tail(cmd.InOrStdin())
		if err != nil {
			return terminal.Status{Code: statusUnread, Err: err}
		}
		text = string(log)
	}
	if strings.TrimSpace(text) == "" {
		return terminal.Status{Code: statusUnread, Err: errors.New("--error: the text is empty; give the lines around the word error, as the job printed them")}
	}
	diagnoses := diagnose.Explain(text)
	if len(diagnoses) == 0 {
		return terminal.Status{Code: statusFinding, Err: errors.New("no failure that is known is in the text; give the lines around the word error, as the job printed them")}
	}
	var found preflight.Report
	if _, err := os.Stat(Dist); err == nil || len(paths) > 0 {
		if found, err = i.check(paths); err != nil {
			return terminal.Status{Code: statusUnread, Err: err}
		}
	}
	return report.Failures(cmd.OutOrStdout(), diagnoses, found.Chains)
}

// maxLog is how much of the end of a log is looked at: what failed is there.
const maxLog = 4 << 20

// tail reads a log of any length and keeps its end.
func tail(log io.Reader) ([]byte, error) {
	var kept []byte
	chunk := make([]byte, 64<<10)
	for {
		n, err := log.Read(chunk)
		kept = append(kept, chunk[:n]...)
		if len(kept) > 2*maxLog {
			kept = append([]byte(nil), kept[len(kept)-maxLog:]...)
		}
		if errors.Is(err, io.EOF) {
			return kept, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
