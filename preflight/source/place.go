package source

import "fmt"

// Place is where something is written. The zero value is nowhere.
type Place struct {
	// File is the name of the file as the user gave it or as it was found below
	// a folder that the user gave.
	File string
	// Line and Column count from 1; a column is a character. 0 is not known.
	Line, Column int
}

// String is "FILE:LINE:COLUMN", as editors and terminals link it.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Error says why a file could not be read, and where.
type Error struct {
	Place Place
	// Problem is what is wrong, what is allowed and what to do.
	Problem string
}

func (e *Error) Error() string {
	return e.Place.String() + ": " + e.Problem
}

func problem(at Place, format string, args ...any) error {
	return &Error{at, fmt.Sprintf(format, args...)}
}
