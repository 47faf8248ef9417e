package scene

import (
	"context"
	"fmt"
)

// conclude prints who tried what, with the outcome.
func (r *Rehearsal) conclude(context.Context) error {
	for _, c := range r.Fleet.Clusters {
		if unknown := r.Clusters[c.Name].GitHub.Unknown(); len(unknown) > 0 {
			return fmt.Errorf("cluster %s: the controller asked GitHub for what is not played: %q", c.Name, unknown)
		}
	}
	var rows [][]string
	refused := 0
	for _, row := range r.rows {
		rows = append(rows, []string{row.who, row.what, row.outcome, row.by})
		if row.outcome == outcomeRefused {
			refused++
		}
	}
	r.Story.Table([]string{"WHO", "TRIED TO", "OUTCOME", "BY"}, rows)
	pools := "1 pool pushes"
	if n := len(r.containers); n != 1 {
		pools = fmt.Sprintf("%d pools push", n)
	}
	r.Story.Chapter(fmt.Sprintf("rehearsed: %s, %d attempts are refused, each for the right reason", pools, refused))
	return nil
}
