package identity

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
