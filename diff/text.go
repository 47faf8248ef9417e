package diff

import (
	"bytes"
	"fmt"
	"strings"

	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/report"
)

// plainText answers what a reviewer asks, in the order in which they ask it: who can push, what
// fails, what stays, and then all that the tools will do.
func plainText(d Difference) []byte {
	var out bytes.Buffer
	for _, line := range d.wider(report.Plain) {
		fmt.Fprintln(&out, line)
	}
	fmt.Fprintln(&out, report.Plain(d.Verdict()))
	printGrants(&out, d.rows())
	fails, stays := d.split()
	printTroubles(&out, "what will fail:", fails)
	printTroubles(&out, "what stays behind:", stays)
	printLines(&out, "what to do, in this order:", numbered(d.Order))
	printStacks(&out, d.Stacks)
	printObjects(&out, d.Objects)
	printLines(&out, grantsAlone+":", d.GrantsAlone)
	for _, name := range d.Unused {
		fmt.Fprintf(&out, "\n--allow %s: nothing was gained by that name\n", report.Plain(fmt.Sprintf("%q", name)))
	}
	return out.Bytes()
}

// grantsAlone is about files of which nothing else is compared.
const grantsAlone = "compared for pushes and pulls alone"

var grantMarks = map[string]string{preflight.Gained.String(): "+", preflight.Lost.String(): "-"}

func printGrants(out *bytes.Buffer, grants []Grant) {
	if len(grants) == 0 {
		return
	}
	out.WriteString("\nwho gained (+) and who lost (-) which push or pull:\n")
	marks := []string{" "}
	table := [][]string{nil}
	for _, column := range columnNames() {
		table[0] = append(table[0], strings.ToUpper(column))
	}
	for _, grant := range grants {
		var cells []string
		for _, value := range grant.cells() {
			cells = append(cells, report.Cell(value))
		}
		marks, table = append(marks, grantMarks[grant.Kind.String()]), append(table, cells)
	}
	report.PrintTable(out, marks, table)
}

// columnNames are the columns of the rows of grants, and cells their contents.
func columnNames() []string {
	return append(append([]string{"Grant"}, report.Columns()...), "Remark")
}

func (g Grant) cells() []string {
	return append(append([]string{g.Grant.String()}, report.Cells(g.Access)...), g.remark())
}

func printTroubles(out *bytes.Buffer, heading string, troubles []Trouble) {
	var lines []string
	for _, t := range troubles {
		lines = append(lines, fmt.Sprintf("%s: %s: %s", t.Where, facts.Listed(t.Things), t.Why), "    fix: "+t.Fix)
	}
	printLines(out, heading, lines)
}

func printLines(out *bytes.Buffer, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", heading)
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", report.Plain(line))
	}
}

func numbered(steps []string) []string {
	var lines []string
	for i, step := range steps {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, step))
	}
	return lines
}

func printStacks(out *bytes.Buffer, stacks []Stack) {
	var lines []string
	for _, stack := range stacks {
		line := stack.Template
		if stack.Note != "" {
			line += " (" + stack.Note + ")"
		}
		lines = append(lines, line)
		for _, r := range stack.Resources {
			lines = append(lines, "  "+r.line())
		}
	}
	printLines(out, "what CloudFormation will do:", lines)
}

// line is a resource with what is done to it.
func (r Resource) line() string {
	line := fmt.Sprintf("%-7s  %s", r.Action, r.Title)
	if !strings.HasSuffix(r.Title, " "+r.LogicalID) {
		line += " (" + r.LogicalID + ")"
	}
	if len(r.Because) > 0 {
		line += ": " + strings.Join(r.Because, ", ")
	}
	return line
}

func printObjects(out *bytes.Buffer, objects []Object) {
	var lines []string
	for i, object := range objects {
		if i == 0 || objects[i-1].Folder != object.Folder {
			lines = append(lines, object.Folder)
		}
		lines = append(lines, "  "+object.line())
	}
	printLines(out, "what kubectl apply will do:", lines)
}

// line is an object with what is done to it.
func (o Object) line() string {
	line := fmt.Sprintf("%-7s  %s", o.Action, o.Title())
	if o.From != "" {
		line += " from " + o.From
	}
	if command := o.Command(); command != "" {
		line += ": " + command
	}
	return line
}
