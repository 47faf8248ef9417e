// Package terminal is how every command of the project speaks to its user: with one
// line about an error, and a status.
package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Status is an error that ends the process with the status that it holds.
type Status struct {
	Code int
	// Err is printed; nil if the command has printed everything already.
	Err error
}

func (s Status) Error() string {
	return fmt.Sprint(s.Err)
}

// Exit ends the process if the command's error is one: with the error on stderr, and
// with status 1 or that of a Status.
func Exit(err error, stderr io.Writer) {
	if err == nil {
		return
	}
	status := Status{1, err}
	errors.As(err, &status)
	if status.Err != nil {
		fmt.Fprintln(stderr, "error:", status.Err)
	}
	os.Exit(status.Code)
}
