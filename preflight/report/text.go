package report

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"keyless-runners/preflight"
)

// What a person reads at the most: beyond that, it drowns what matters.
const (
	maxOfKind  = 50
	maxRows    = 40
	maxRelated = 10
	maxLine    = 1000
	maxCell    = 160
)

const allOfThem = "(--format json has all of them)"

// text is findings as compilers write them, who can push where, and the verdict as
// the last line.
func text(report preflight.Report) []byte {
	var out bytes.Buffer
	list(&out, activeOf(report.Findings), "", printFinding)
	list(&out, waivedOf(report.Findings), "waived ", printWaived)
	if len(report.Findings) > 0 {
		out.WriteByte('\n')
	}
	printAccess(&out, report.Access)
	fmt.Fprintf(&out, "\n%s\n", Verdict(report))
	return out.Bytes()
}

// list prints findings in their order, and of each kind no more than a person
// reads.
func list(out *bytes.Buffer, findings []preflight.Finding, what string, print func(*bytes.Buffer, preflight.Finding)) {
	seen := map[string]int{}
	for _, finding := range findings {
		seen[finding.Kind.ID]++
		if seen[finding.Kind.ID] <= maxOfKind {
			print(out, finding)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		if more := seen[id] - maxOfKind; more > 0 {
			fmt.Fprintf(out, "... and %d more %s%s %s\n", more, what, id, allOfThem)
		}
	}
}

func printFinding(out *bytes.Buffer, f preflight.Finding) {
	fmt.Fprintf(out, "%s%s %s: %s\n", at(f), f.Kind.Severity, f.Kind.ID, plain(f.Problem))
	if f.Fix != "" {
		fmt.Fprintf(out, "    fix: %s\n", plain(f.Fix))
	}
	for _, related := range f.Related[:min(len(f.Related), maxRelated)] {
		fmt.Fprintf(out, "    see: %s: %s\n", plain(related.Place.String()), plain(related.What))
	}
	if more := len(f.Related) - maxRelated; more > 0 {
		fmt.Fprintf(out, "    ... and %s %s\n", count(more, "more place", "more places"), allOfThem)
	}
}

func printWaived(out *bytes.Buffer, f preflight.Finding) {
	fmt.Fprintf(out, "%swaived %s: %s (reason: %s)\n", at(f), f.Kind.ID, plain(f.Problem), plain(f.Waived))
}

// at is how a line of a finding begins; "" if the finding has no place.
func at(f preflight.Finding) string {
	if f.Place.File == "" {
		return ""
	}
	return plain(f.Place.String()) + ": "
}

// plain is a value as a line may hold it.
func plain(value string) string {
	return disarm(brief(value, maxLine))
}

func printAccess(out *bytes.Buffer, access []preflight.Access) {
	if len(access) == 0 {
		out.WriteString("who can push where: nobody, as far as the files tell\n")
		return
	}
	rows := unexpectedFirst(access)
	heading := "who can push where:\n"
	if !rows[0].Runner {
		heading = "who can push where (! is no runner workload among the files):\n"
	}
	out.WriteString(heading)
	printTable(out, rows[:min(len(rows), maxRows)])
	if len(rows) > maxRows {
		fmt.Fprintf(out, "... and %s %s\n", moreRows(rows[maxRows:]), allOfThem)
	}
}

// moreRows counts rows that are not shown, and those of them that matter.
func moreRows(rows []preflight.Access) string {
	more := count(len(rows), "more row", "more rows")
	unexpected := slices.IndexFunc(rows, func(row preflight.Access) bool { return row.Runner })
	if unexpected < 0 {
		unexpected = len(rows)
	}
	if unexpected > 0 {
		more += fmt.Sprintf(", %d of them no runner workload", unexpected)
	}
	return more
}

func printTable(out *bytes.Buffer, access []preflight.Access) {
	marks := []string{" "}
	table := [][]string{{"IMAGE REPOSITORY", "WHO", "ROLE", "RUNNER"}}
	for _, row := range access {
		mark, runner := " ", "yes"
		if !row.Runner {
			mark, runner = "!", "no, see "+row.Place.String()
		}
		marks = append(marks, mark)
		table = append(table, []string{cell(row.ImageRepository), cell(row.Who), cell(row.Role), cell(runner)})
	}
	widths := make([]int, len(table[0]))
	for _, cells := range table {
		for i, cell := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for i, cells := range table {
		for j, cell := range cells[:len(cells)-1] {
			cells[j] = cell + strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
		}
		fmt.Fprintf(out, "  %s %s\n", marks[i], strings.Join(cells, "  "))
	}
}

// cell is a value as a table may hold it.
func cell(value string) string {
	return disarm(cmp.Or(brief(value, maxCell), "-"))
}
