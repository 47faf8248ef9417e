package adopt

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"keyless-runners/preflight/source"
)

// Question is something that a person has to decide.
type Question struct {
	// Place is where it was read. The zero value is nowhere.
	Place source.Place
	// About names what of the fleet it is about, such as `pool "build"`; "" of the whole.
	About string
	// Text is what is open, in one line that quotes values, and Next what to do.
	Text, Next string
}

func (q Question) String() string {
	text := q.Text
	if q.About != "" {
		text = q.About + ": " + text
	}
	if q.Place != (source.Place{}) {
		text = q.Place.String() + ": " + text
	}
	return text
}

// ask adds a question, once.
func (r *Result) ask(q Question) {
	if !slices.Contains(r.Questions, q) {
		r.Questions = append(r.Questions, q)
	}
}

// WriteQuestions writes the questions, those about the whole first, each with what to do.
func (r Result) WriteQuestions(w io.Writer) error {
	for _, q := range r.Questions {
		if _, err := fmt.Fprintf(w, "%s\n    next: %s\n", q, q.Next); err != nil {
			return err
		}
	}
	return nil
}

// sortQuestions puts those about the whole first, and the others in the order of the fleet.
func (r *Result) sortQuestions() {
	order := map[string]int{}
	for _, about := range r.abouts() {
		order[about] = len(order) + 1
	}
	slices.SortStableFunc(r.Questions, func(a, b Question) int { return cmp.Compare(order[a.About], order[b.About]) })
}

// abouts are what questions can be about, in the order of the fleet.
func (r *Result) abouts() []string {
	var all []string
	for _, cluster := range r.Fleet.Clusters {
		all = append(all, aboutCluster(cluster))
	}
	for _, repository := range r.Fleet.ImageRepositories {
		all = append(all, aboutRepository(repository))
	}
	for _, pool := range r.Fleet.Pools {
		all = append(all, aboutPool(pool))
	}
	return all
}
