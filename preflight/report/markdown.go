package report

import (
	"bytes"
	"fmt"
	"strings"

	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

// How many bytes each part may have. Together with what stands between them they
// are fewer than 60,000: a comment on GitHub may have 65,536 characters, and a job
// summary 1 MiB.
const (
	roomForFindings = 28_000
	roomForAccess   = 10_000
	roomForWaived   = 6_000
	roomForChains   = 9_000
	roomForNotes    = 5_000
)

// markdown is the verdict as a heading, what to mend, who can push where, what was
// waived, and the rest folded.
func markdown(report preflight.Report) []byte {
	var out bytes.Buffer
	mark := "❌"
	if report.Proved() {
		mark = "✅"
	}
	fmt.Fprintf(&out, "## %s %s\n", mark, Verdict(report))
	active := worstFirst(activeOf(report.Findings))
	notes := notesOf(active)
	markFindings(&out, active[:len(active)-len(notes)])
	markAccess(&out, unexpectedFirst(report.Access))
	markWaived(&out, waivedOf(report.Findings))
	markChains(&out, brokenFirst(report.Chains))
	markNotes(&out, notes)
	return out.Bytes()
}

func markFindings(out *bytes.Buffer, findings []preflight.Finding) {
	if len(findings) == 0 {
		return
	}
	out.WriteString("\n### What is wrong\n\n| Finding | Where | Problem | Fix |\n| --- | --- | --- | --- |\n")
	left := fill(out, roomForFindings, findings, func(f preflight.Finding) string {
		return row(fmt.Sprintf("%s %s", f.Kind.Severity, f.Kind.ID), where(f.Place), prose(f.Problem)+seeAlso(f.Related), prose(f.Fix))
	})
	markLeft(out, left, "more finding", "more findings")
}

// seeAlso are the first of the places that belong to a finding.
func seeAlso(related []preflight.Related) string {
	const most = 3
	var out strings.Builder
	for _, r := range related[:min(len(related), most)] {
		fmt.Fprintf(&out, "<br>see %s: %s", where(r.Place), prose(r.What))
	}
	if more := len(related) - most; more > 0 {
		fmt.Fprintf(&out, "<br>and %s", count(more, "more place", "more places"))
	}
	return out.String()
}

func markAccess(out *bytes.Buffer, access []preflight.Access) {
	out.WriteString("\n### Who can push where\n\n")
	if len(access) == 0 {
		out.WriteString("Nobody, as far as the files tell.\n")
		return
	}
	out.WriteString("| Image repository | Who | Role | Runner |\n| --- | --- | --- | --- |\n")
	left := fill(out, roomForAccess, access, func(a preflight.Access) string {
		runner := "yes"
		if !a.Runner {
			runner = "❌ **no**, see " + where(a.Place)
		}
		return row(code(a.ImageRepository), code(a.Who), code(a.Role), runner)
	})
	markLeft(out, left, "more row", "more rows")
}

func markWaived(out *bytes.Buffer, findings []preflight.Finding) {
	if len(findings) == 0 {
		return
	}
	out.WriteString("\n### Waived\n\n| Finding | Where | Problem | Reason |\n| --- | --- | --- | --- |\n")
	left := fill(out, roomForWaived, findings, func(f preflight.Finding) string {
		return row(fmt.Sprintf("%s %s", f.Kind.Severity, f.Kind.ID), where(f.Place), prose(f.Problem), prose(f.Waived))
	})
	markLeft(out, left, "more waived finding", "more waived findings")
}

func markChains(out *bytes.Buffer, chains []preflight.Chain) {
	if len(chains) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s, link by link</summary>\n\n", count(len(chains), "runner workload", "runner workloads"))
	left := fill(out, roomForChains, chains, markChain)
	markLeft(out, left, "more runner workload", "more runner workloads")
	out.WriteString("\n</details>\n")
}

var stateMarks = map[preflight.State]string{preflight.Proved: "✅", preflight.Broken: "❌", preflight.Unknown: "❔"}

func markChain(c preflight.Chain) string {
	var out strings.Builder
	fmt.Fprintf(&out, "- %s, %s\n", code(c.Workload), where(c.Place))
	for _, l := range c.Links {
		fmt.Fprintf(&out, "  - %s %s: %s, %s\n", stateMarks[l.State], l.Name, prose(l.Text), where(l.Place))
	}
	return out.String()
}

func markNotes(out *bytes.Buffer, notes []preflight.Finding) {
	if len(notes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s</summary>\n\n| Finding | Where | Note | What to do |\n| --- | --- | --- | --- |\n", count(len(notes), "note", "notes"))
	left := fill(out, roomForNotes, notes, func(f preflight.Finding) string {
		return row(f.Kind.ID, where(f.Place), prose(f.Problem)+seeAlso(f.Related), prose(f.Fix))
	})
	markLeft(out, left, "more note", "more notes")
	out.WriteString("\n</details>\n")
}

// fill writes one value after the other while there is room, and returns how many
// are left. A value that would take more than half of the room is one of those, so
// that it does not hide the others.
func fill[V any](out *bytes.Buffer, room int, values []V, mark func(V) string) (left int) {
	large := room / 2
	for i, value := range values {
		marked := mark(value)
		if len(marked) > large {
			left++
			continue
		}
		if room -= len(marked); room < 0 {
			return left + len(values) - i
		}
		out.WriteString(marked)
	}
	return left
}

func markLeft(out *bytes.Buffer, left int, one, many string) {
	if left > 0 {
		fmt.Fprintf(out, "\n... and %s (`--format json` has all of them)\n", count(left, one, many))
	}
}

func row(cells ...string) string {
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// where is a place as markup.
func where(p source.Place) string {
	if p.File == "" {
		return "the files as a whole"
	}
	return code(p.String())
}
