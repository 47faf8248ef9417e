package report

import (
	"bytes"
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

// How many bytes each part may have. Without the rows that are folded, all parts and what
// stands between them are fewer than 65,536, which is as many characters as a comment on
// GitHub may have. The folded rows take what is left of the 1 MiB of a job summary: the
// A reviewer compares the table, so it is whole up to there.
const (
	roomForFindings   = 28_000
	roomForRows       = 10_000
	roomForFoldedRows = 970_000
	roomForWaived     = 6_000
	roomForChains     = 9_000
	roomForNotes      = 5_000
)

// markdown is the verdict as a heading, what to mend, who can push where, what was
// waived, and the rest folded.
func markdown(report preflight.Report) []byte {
	mark := "❌"
	if report.Proved() {
		mark = "✅"
	}
	var body bytes.Buffer
	left := omitted{values: shortened(report.Access)}
	active := worstFirst(activeOf(report.Findings))
	notes := notesOf(active)
	markFindings(&body, &left, active[:len(active)-len(notes)])
	markAccess(&body, &left, unexpectedFirst(report.Access))
	markWaived(&body, &left, waivedOf(report.Findings))
	markChains(&body, &left, brokenFirst(report.Chains))
	markNotes(&body, &left, notes)
	return fmt.Appendf(nil, "## %s %s\n%s", mark, verdict(report, left, Code), body.Bytes())
}

func markFindings(out *bytes.Buffer, left *omitted, findings []preflight.Finding) {
	if len(findings) == 0 {
		return
	}
	out.WriteString("\n### What is wrong\n\n| Finding | Where | Problem | Fix |\n| --- | --- | --- | --- |\n")
	written := fill(out, roomForFindings, findings, func(f preflight.Finding) string {
		return Row(fmt.Sprintf("%s %s", f.Kind.Severity, f.Kind.ID), where(f.Place), Prose(f.Problem)+seeAlso(f.Related), Prose(f.Fix))
	})
	left.places += placesLeftOut(written)
	left.findings += markLeft(out, len(findings)-len(written), "more finding", "more findings")
}

// maxSeeAlso is how many of the places that belong to a finding are shown.
const maxSeeAlso = 3

// seeAlso are the first of the places that belong to a finding.
func seeAlso(related []preflight.Related) string {
	var out strings.Builder
	for _, r := range related[:min(len(related), maxSeeAlso)] {
		fmt.Fprintf(&out, "<br>see %s: %s", where(r.Place), Prose(r.What))
	}
	if more := len(related) - maxSeeAlso; more > 0 {
		fmt.Fprintf(&out, "<br>and %s", identity.Count(more, "more place", "more places"))
	}
	return out.String()
}

// placesLeftOut counts the places of findings that seeAlso leaves out.
func placesLeftOut(findings []preflight.Finding) int {
	left := 0
	for _, finding := range findings {
		left += max(len(finding.Related)-maxSeeAlso, 0)
	}
	return left
}

// markAccess shows the table, and folds the rows that are more than is comfortable.
func markAccess(out *bytes.Buffer, left *omitted, access []preflight.Access) {
	out.WriteString("\n### Who can push where\n\n")
	if len(access) == 0 {
		out.WriteString("No one, as far as the files show.\n")
		return
	}
	heading := Row(columns...) + strings.Repeat("| --- ", len(columns)) + "|\n"
	out.WriteString(heading)
	shown := 0
	for room := roomForRows; shown < len(access); shown++ {
		marked := markRow(access[shown])
		if room -= len(marked); room < 0 {
			break
		}
		out.WriteString(marked)
	}
	folded := access[shown:]
	if len(folded) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s</summary>\n\n%s", identity.Count(len(folded), "more row", "more rows"), heading)
	written := fill(out, roomForFoldedRows, folded, markRow)
	left.rows += markLeft(out, len(folded)-len(written), "more row", "more rows")
	out.WriteString("\n</details>\n")
}

func markRow(access preflight.Access) string {
	var cells []string
	for _, value := range Cells(access) {
		cells = append(cells, codeOf(brief(value, maxCell)))
	}
	runner := "yes" + Prose(possibly(access))
	if !access.Runner {
		runner = "❌ **no**" + Prose(possibly(access)) + ", see " + where(access.Place)
	}
	return Row(append(cells, runner)...)
}

func markWaived(out *bytes.Buffer, left *omitted, findings []preflight.Finding) {
	if len(findings) == 0 {
		return
	}
	out.WriteString("\n### Waived\n\n| Finding | Where | Problem | Reason |\n| --- | --- | --- | --- |\n")
	written := fill(out, roomForWaived, findings, func(f preflight.Finding) string {
		return Row(fmt.Sprintf("%s %s", f.Kind.Severity, f.Kind.ID), where(f.Place), Prose(f.Problem), Prose(f.Waived))
	})
	left.findings += markLeft(out, len(findings)-len(written), "more waived finding", "more waived findings")
}

func markChains(out *bytes.Buffer, left *omitted, chains []preflight.Chain) {
	if len(chains) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s, link by link</summary>\n\n", identity.Count(len(chains), "runner", "runners"))
	written := fill(out, roomForChains, chains, markChain)
	left.chains += markLeft(out, len(chains)-len(written), "more runner", "more runners")
	out.WriteString("\n</details>\n")
}

var stateMarks = map[preflight.State]string{preflight.Proved: "✅", preflight.Broken: "❌", preflight.Unknown: "❔"}

func markChain(c preflight.Chain) string {
	var out strings.Builder
	fmt.Fprintf(&out, "- %s, %s\n", Code(c.Workload), where(c.Place))
	for _, l := range c.Links {
		fmt.Fprintf(&out, "  - %s %s: %s, %s\n", stateMarks[l.State], l.Name, Prose(l.Text), where(l.Place))
	}
	return out.String()
}

func markNotes(out *bytes.Buffer, left *omitted, notes []preflight.Finding) {
	if len(notes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s</summary>\n\n| Finding | Where | Note | What to do |\n| --- | --- | --- | --- |\n", identity.Count(len(notes), "note", "notes"))
	written := fill(out, roomForNotes, notes, func(f preflight.Finding) string {
		return Row(f.Kind.ID, where(f.Place), Prose(f.Problem)+seeAlso(f.Related), Prose(f.Fix))
	})
	left.places += placesLeftOut(written)
	left.findings += markLeft(out, len(notes)-len(written), "more note", "more notes")
	out.WriteString("\n</details>\n")
}

// fill writes one value after the other while there is room, and returns those that it
// wrote. It passes over a value that would take more than half of the room, so that this
// does not hide the others.
func fill[V any](out *bytes.Buffer, room int, values []V, mark func(V) string) (written []V) {
	large := room / 2
	for _, value := range values {
		marked := mark(value)
		if len(marked) > large {
			continue
		}
		if room -= len(marked); room < 0 {
			break
		}
		out.WriteString(marked)
		written = append(written, value)
	}
	return written
}

// markLeft writes how many there was no room for, and returns it.
func markLeft(out *bytes.Buffer, left int, one, many string) int {
	if left > 0 {
		fmt.Fprintf(out, "\n... and %s (`--format json` has all of them)\n", identity.Count(left, one, many))
	}
	return left
}

// Row is a row of a table in Markdown.
func Row(cells ...string) string {
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func where(p source.Place) string {
	if p.File == "" {
		return "the files as a whole"
	}
	return Code(p.String())
}
