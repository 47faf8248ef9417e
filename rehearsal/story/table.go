package story

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Table prints the outcomes of many things, each a row.
func (s *Story) Table(header []string, rows [][]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	fmt.Fprintln(s.writer)
	table := tabwriter.NewWriter(s.writer, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{header}, rows...) {
		fmt.Fprintln(table, strings.Join(row, "\t"))
	}
	_ = table.Flush() // the writer's own failure shows in the lines before
}
