package identity

import (
	"fmt"
	"strings"
)

// RunnerGroup is a runner group of an organization or enterprise on GitHub. It
// exists there before runners join it.
type RunnerGroup string

// Check reports a name that is empty, has blanks around it or control characters
// in it.
func (g RunnerGroup) Check() error {
	return firstError(
		checkPresent("runner group", string(g)),
		checkPlain("runner group", string(g)),
	)
}

// checkPlain reports blanks around a value and characters in it that do not
// print.
func checkPlain(kind, value string) error {
	if strings.TrimSpace(value) != value {
		return fmt.Errorf("%s %q: want no blanks around it", kind, value)
	}
	for i, r := range value {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			return fmt.Errorf("%s %q: %q at position %d is a control character", kind, value, r, i+1)
		}
	}
	return nil
}
