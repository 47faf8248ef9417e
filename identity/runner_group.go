package identity

import (
	"cmp"
	"strings"
)

// RunnerGroup is a runner group of an organization or enterprise on GitHub. It
// exists there before runners join it.
type RunnerGroup string

// Check reports a name that is empty, has blanks around it or characters in it
// that do not print.
func (g RunnerGroup) Check() error {
	return firstError(
		checkPresent("runner group", string(g)),
		checkPlain("runner group", string(g)),
		checkNoNumber("runner group", string(g)),
	)
}

// RunnerGroupDefault is the group of runners that name none.
const RunnerGroupDefault RunnerGroup = "Default"

// Equal reports whether GitHub takes both for one: it ignores case, and the zero value is
// RunnerGroupDefault.
func (g RunnerGroup) Equal(other RunnerGroup) bool {
	return strings.EqualFold(string(cmp.Or(g, RunnerGroupDefault)), string(cmp.Or(other, RunnerGroupDefault)))
}
