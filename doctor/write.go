package doctor

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// Write writes what was found as text: what the check has to say, drift, troubles, what could not
// be read, and the verdict as the last line. It returns the writer's error.
func Write(out io.Writer, d Diagnosis) error {
	var text bytes.Buffer
	if err := report.Write(&text, report.Text, d.Report, preflight.Kinds()); err != nil {
		return err
	}
	if len(d.Drift) > 0 {
		fmt.Fprintf(&text, "\ndeployed otherwise than %s has it:\n", d.Compared)
		writeFindings(&text, d.Drift)
	}
	if len(d.Troubles) > 0 {
		text.WriteString("\nin the accounts and clusters:\n")
		writeFindings(&text, d.Troubles)
	}
	if len(d.NotCompared) > 0 {
		fmt.Fprintf(&text, "\nnot compared with %s:\n", d.Compared)
		for _, what := range d.NotCompared {
			fmt.Fprintf(&text, "  %s\n", report.Plain(what))
		}
	}
	writeUnread(&text, d.Reading.Unread)
	fmt.Fprintf(&text, "\n%s\n", verdict(d))
	_, err := out.Write(text.Bytes())
	return err
}

func writeFindings(out *bytes.Buffer, findings []Finding) {
	for _, f := range findings {
		fmt.Fprintf(out, "  %s: %s\n", f.Name, report.Plain(f.Text))
		for _, detail := range f.Details {
			fmt.Fprintf(out, "      %s\n", report.Plain(detail))
		}
		if f.Fix != "" {
			fmt.Fprintf(out, "      fix: %s\n", report.Plain(f.Fix))
		}
	}
}

func writeUnread(out *bytes.Buffer, unread []live.Unread) {
	if len(unread) == 0 {
		return
	}
	out.WriteString("\nnot read, and so unknown:\n")
	for _, u := range unread {
		fmt.Fprintf(out, "  %s: %s: %s\n", report.Plain(u.Where), report.Plain(u.For), report.Plain(u.Why))
		if u.Denied {
			fmt.Fprintf(out, "      fix: allow %s\n", u.Permission)
		}
	}
}

// verdict says in a line how the deployed state is.
func verdict(d Diagnosis) string {
	state := "proved"
	if !d.Report.Proved() {
		state = "not proved"
	}
	parts := []string{state}
	switch {
	case d.Compared == "":
	case len(d.Drift) == 0:
		parts = append(parts, "as "+d.Compared+" has it"+asFar(d))
	default:
		parts = append(parts, identity.Count(len(d.Drift), "drift", "drifts")+" from "+d.Compared)
	}
	if len(d.Troubles) > 0 {
		parts = append(parts, identity.Count(len(d.Troubles), "trouble", "troubles"))
	}
	if n := len(d.missing()); n > 0 {
		parts = append(parts, identity.Count(n, "call", "calls")+" failed")
	}
	return "deployed: " + strings.Join(parts, ", ")
}

// asFar limits what is said of a state that could not be compared as a whole.
func asFar(d Diagnosis) string {
	if len(d.NotCompared) > 0 {
		return " as far as it was compared"
	}
	return ""
}
