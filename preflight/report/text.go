package report

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"keyless-runners/identity"
	"keyless-runners/preflight"
)

// What a person reads at the most: beyond that, it drowns what matters. The table of
// who can push where has no end, because it is what a reviewer compares.
const (
	maxOfKind  = 50
	maxRelated = 10
	maxLine    = 1000
	// maxWidth is up to where columns of the table are aligned.
	maxWidth = 160
)

const allOfThem = "(--format json has all of them)"

// text is findings as compilers write them, who can push where, and the verdict as
// the last line.
func text(report preflight.Report) []byte {
	var out bytes.Buffer
	left := omitted{values: shortened(report.Access)}
	list(&out, &left, activeOf(report.Findings), "", printFinding)
	list(&out, &left, waivedOf(report.Findings), "waived ", printWaived)
	if len(report.Findings) > 0 {
		out.WriteByte('\n')
	}
	printAccess(&out, report.Access)
	fmt.Fprintf(&out, "\n%s\n", verdict(report, left, Plain))
	return out.Bytes()
}

// list prints findings in their order, and of each kind no more than a person
// reads.
func list(out *bytes.Buffer, left *omitted, findings []preflight.Finding, what string, print func(*bytes.Buffer, *omitted, preflight.Finding)) {
	seen := map[string]int{}
	for _, finding := range findings {
		seen[finding.Kind.ID]++
		if seen[finding.Kind.ID] <= maxOfKind {
			print(out, left, finding)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		if more := seen[id] - maxOfKind; more > 0 {
			fmt.Fprintf(out, "... and %d more %s%s %s\n", more, what, id, allOfThem)
			left.findings += more
		}
	}
}

func printFinding(out *bytes.Buffer, left *omitted, f preflight.Finding) {
	fmt.Fprintf(out, "%s%s %s: %s\n", placeOf(f), f.Kind.Severity, f.Kind.ID, Plain(f.Problem))
	if f.Fix != "" {
		fmt.Fprintf(out, "    fix: %s\n", Plain(f.Fix))
	}
	for _, related := range f.Related[:min(len(f.Related), maxRelated)] {
		fmt.Fprintf(out, "    see: %s: %s\n", Plain(related.Place.String()), Plain(related.What))
	}
	if more := len(f.Related) - maxRelated; more > 0 {
		fmt.Fprintf(out, "    ... and %s %s\n", identity.Count(more, "more place", "more places"), allOfThem)
		left.places += more
	}
}

func printWaived(out *bytes.Buffer, _ *omitted, f preflight.Finding) {
	fmt.Fprintf(out, "%swaived %s: %s (reason: %s)\n", placeOf(f), f.Kind.ID, Plain(f.Problem), Plain(f.Waived))
}

// placeOf is how a line of a finding begins; "" if the finding has no place.
func placeOf(f preflight.Finding) string {
	if f.Place.File == "" {
		return ""
	}
	return Plain(f.Place.String()) + ": "
}

// Plain is a value as a line may hold it.
func Plain(value string) string {
	return disarm(brief(value, maxLine))
}

func printAccess(out *bytes.Buffer, access []preflight.Access) {
	if len(access) == 0 {
		out.WriteString("who can push where: no one, as far as the files show\n")
		return
	}
	rows := unexpectedFirst(access)
	heading := "who can push where:\n"
	if !rows[0].Runner {
		heading = "who can push where (! marks what is not a runner among the files):\n"
	}
	out.WriteString(heading)
	printTable(out, rows)
}

func printTable(out *bytes.Buffer, access []preflight.Access) {
	marks := []string{" "}
	table := [][]string{strings.Split(strings.ToUpper(strings.Join(columns, "\n")), "\n")}
	for _, row := range access {
		mark, runner := " ", "yes"+possibly(row)
		if !row.Runner {
			mark, runner = "!", "no"+possibly(row)+", see "+row.Place.String()
		}
		var cells []string
		for _, value := range append(Cells(row), runner) {
			cells = append(cells, Cell(value))
		}
		marks, table = append(marks, mark), append(table, cells)
	}
	PrintTable(out, marks, table)
}

// PrintTable prints rows of cells in columns, each behind its mark.
func PrintTable(out *bytes.Buffer, marks []string, table [][]string) {
	widths := make([]int, len(table[0])-1)
	for _, cells := range table {
		for i := range widths {
			widths[i] = max(widths[i], min(utf8.RuneCountInString(cells[i]), maxWidth))
		}
	}
	for i, cells := range table {
		fmt.Fprintf(out, "  %s ", marks[i])
		for j, width := range widths {
			fmt.Fprintf(out, "%-*s  ", width, cells[j])
		}
		fmt.Fprintln(out, cells[len(widths)])
	}
}

// possibly is why a row is not certain, to stand behind a word; "" if it is.
func possibly(row preflight.Access) string {
	if row.Possibly == "" {
		return ""
	}
	return " (possibly: " + row.Possibly + ")"
}

// Cell is a value as a table may hold it.
func Cell(value string) string {
	return disarm(cmp.Or(brief(value, maxCell), "-"))
}
