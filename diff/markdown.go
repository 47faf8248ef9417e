package diff

import (
	"bytes"
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/report"
)

// How many bytes of Markdown the rows of grants and each list may have. Together they are fewer
// than the 65,536 characters that a comment on GitHub may have.
const (
	roomForGrants = 30_000
	roomForList   = 6_000
)

// markdown is the verdict as a heading, and then what the text has. What CloudFormation and
// kubectl will do is folded.
func markdown(d Difference) []byte {
	var out bytes.Buffer
	mark := "✅"
	fails, stays := d.split()
	if d.Gains() || len(fails) > 0 {
		mark = "⚠️"
	}
	fmt.Fprintf(&out, "## %s %s\n", mark, report.Prose(d.Verdict()))
	markLines(&out, "", d.wider(report.Code))
	markGrants(&out, d.rows())
	markTroubles(&out, "What will fail", fails)
	markTroubles(&out, "What stays behind", stays)
	markOrder(&out, d.Order)
	markFolded(&out, "What CloudFormation will do", stackLines(d.Stacks))
	markFolded(&out, "What kubectl apply will do", objectLines(d.Objects))
	var names []string
	for _, name := range d.GrantsAlone {
		names = append(names, report.Code(name))
	}
	markLines(&out, "### Compared for pushes and pulls alone", names)
	for _, name := range d.Unused {
		fmt.Fprintf(&out, "\n%s: nothing was gained by that name\n", report.Code("--allow "+name))
	}
	return out.Bytes()
}

func markGrants(out *bytes.Buffer, grants []Grant) {
	if len(grants) == 0 {
		return
	}
	columns := append([]string{""}, columnNames()...)
	fmt.Fprintf(out, "\n### Who gained and who lost which push or pull\n\n%s%s|\n", report.Row(columns...), strings.Repeat("| --- ", len(columns)))
	var rows []string
	for _, grant := range grants {
		cells := []string{"**" + grant.Kind.String() + "**", grant.Grant.String()}
		for _, cell := range report.Cells(grant.Access) {
			cells = append(cells, report.Code(cell))
		}
		rows = append(rows, report.Row(append(cells, report.Prose(grant.remark()))...))
	}
	fill(out, roomForGrants, rows)
}

// fill writes lines while there is room, and counts the others.
func fill(out *bytes.Buffer, room int, lines []string) {
	for i, line := range lines {
		if room -= len(line); room < 0 {
			fmt.Fprintf(out, "\n%s, see the text or JSON\n", identity.Count(len(lines)-i, "more line", "more lines"))
			return
		}
		out.WriteString(line)
	}
}

func markTroubles(out *bytes.Buffer, heading string, troubles []Trouble) {
	var lines []string
	for _, t := range troubles {
		var things []string
		for _, thing := range t.Things {
			things = append(things, report.Prose(thing))
		}
		lines = append(lines, fmt.Sprintf("%s: %s: %s. Fix: %s", report.Code(t.Where), facts.Listed(things), report.Prose(t.Why), report.Prose(t.Fix)))
	}
	markLines(out, "### "+heading, lines)
}

// markLines is a list of lines that are Markdown.
func markLines(out *bytes.Buffer, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	if heading != "" {
		fmt.Fprintf(out, "\n%s\n", heading)
	}
	out.WriteByte('\n')
	var items []string
	for _, line := range lines {
		items = append(items, "- "+line+"\n")
	}
	fill(out, roomForList, items)
}

func markOrder(out *bytes.Buffer, order []string) {
	if len(order) == 0 {
		return
	}
	out.WriteString("\n### What to do, in this order\n\n")
	var steps []string
	for i, step := range order {
		steps = append(steps, fmt.Sprintf("%d. %s\n", i+1, report.Prose(step)))
	}
	fill(out, roomForList, steps)
}

func markFolded(out *bytes.Buffer, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n<details>\n<summary>%s</summary>\n\n", heading)
	fill(out, roomForList, lines)
	out.WriteString("\n</details>\n")
}

func stackLines(stacks []Stack) []string {
	var lines []string
	for _, stack := range stacks {
		line := "- " + report.Code(stack.Template)
		if stack.Note != "" {
			line += ", " + report.Prose(stack.Note)
		}
		lines = append(lines, line+"\n")
		for _, r := range stack.Resources {
			lines = append(lines, "  - "+report.Code(r.line())+"\n")
		}
	}
	return lines
}

func objectLines(objects []Object) []string {
	var lines []string
	for i, object := range objects {
		if i == 0 || objects[i-1].Folder != object.Folder {
			lines = append(lines, "- "+report.Code(object.Folder)+"\n")
		}
		lines = append(lines, "  - "+report.Code(object.line())+"\n")
	}
	return lines
}
