package diff

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight"
)

// maxAlike is how many pulls that are alike but for the image repository have a row each. Roles
// that may pull everything are common, and so would be as many rows as there are image repositories.
const maxAlike = 3

// rows are the grants as people read them: of pulls that are alike one stands for all, a class of
// image repositories if there is one. JSON has each.
func (d Difference) rows() []Grant {
	alike := map[string][]Grant{}
	for _, grant := range d.Grants() {
		alike[grant.key()] = append(alike[grant.key()], grant)
	}
	var rows []Grant
	for _, grant := range d.Grants() {
		all := alike[grant.key()]
		if grant.Grant == preflight.Push || len(all) <= maxAlike {
			rows = append(rows, grant)
		} else if grant.ImageRepository == all[0].ImageRepository {
			rows = append(rows, folded(all))
		}
	}
	return rows
}

// key is the same for grants that are alike but for the image repository.
func (g Grant) key() string {
	cells := g.cells()
	return g.Kind.String() + "\n" + cells[0] + "\n" + strings.Join(cells[2:], "\n")
}

// folded is the one of all that stands for them.
func folded(all []Grant) Grant {
	one := all[max(0, slices.IndexFunc(all, func(grant Grant) bool { return grant.ImageRepositorySuchAs != "" }))]
	one.ImageRepository = fmt.Sprintf("%s (%d more are alike)", one.ImageRepository, len(all)-1)
	one.ImageRepositorySuchAs = ""
	return one
}
