package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"keyless-runners/preflight"
)

// columns are the columns of the table of who can push where. The cells of the last differ by
// format.
var columns = []string{"Image repository", "Scope", "Group", "Labels", "Who", "Role", "Runner"}

// maxCell is how many characters of a value the table shows: more than any name has that
// AWS, Kubernetes or GitHub accepts, so only a list or a pattern is ever shortened.
const maxCell = 1000

// Cells returns the values of a row but for the last column's; "" stands for none.
func Cells(row preflight.Access) []string {
	scope, group, labels := "", "", ""
	if row.Runner && row.Jobs.Scope.Kind != preflight.NoJobs {
		scope, group, labels = ScopeText(row.Jobs.Scope), groupText(row.Jobs), labelsText(row.Jobs)
	}
	return []string{row.ImageRepository, scope, group, labels, row.Who, row.Role}
}

// Columns are the headings of Cells.
func Columns() []string { return slices.Clone(columns[:len(columns)-1]) }

const unknown = "unknown"

// ScopeText is whose jobs a runner takes, such as "organization octo-org".
func ScopeText(scope preflight.Scope) string {
	switch scope.Kind {
	case preflight.UnknownScope:
		return unknown
	case preflight.SourceRepository:
		return scope.Name
	}
	return scope.Kind.String() + " " + scope.Name
}

// groupText is "" for a source repository, which has no groups.
func groupText(jobs preflight.Jobs) string {
	if jobs.Group == "" && jobs.Scope.Kind != preflight.SourceRepository {
		return unknown
	}
	return jobs.Group
}

func labelsText(jobs preflight.Jobs) string {
	if len(jobs.Labels) == 0 {
		return unknown
	}
	return strings.Join(jobs.Labels, ", ")
}

func shortened(access []preflight.Access) int {
	n := 0
	for _, row := range access {
		for _, cell := range Cells(row) {
			if utf8.RuneCountInString(cell) > maxCell {
				n++
			}
		}
	}
	return n
}
