package source

import (
	"fmt"
	"unique"
)

// Place is where something is written. The zero value is nowhere.
type Place struct {
	// File is the name of the file as the user gave it or as it was found below
	// a folder that the user gave.
	File string
	// Line and Column count from 1; a column is a character. 0 is not known.
	Line, Column int
	// resource is returned by Resource. Every value in every file has a place, and few
	// places have a resource.
	resource unique.Handle[string]
}

// Resource is the address of the Terraform resource that the value is of, such as
// "module.runners.aws_iam_role.build": Terraform writes its JSON in one line. "" of
// everything else.
func (p Place) Resource() string {
	if p.resource == (unique.Handle[string]{}) {
		return ""
	}
	return p.resource.Value()
}

// Of is the place as that of a value of a Terraform resource with the address, or of no
// resource.
func (p Place) Of(resource string) Place {
	p.resource = unique.Handle[string]{}
	if resource != "" {
		p.resource = unique.Make(resource)
	}
	return p
}

// Equal reports whether both are the same place.
func (p Place) Equal(other Place) bool {
	return p == other
}

// String is "FILE:LINE:COLUMN", as editors and terminals link it, and behind it the
// resource in parentheses if there is one.
func (p Place) String() string {
	if resource := p.Resource(); resource != "" {
		return fmt.Sprintf("%s (%s)", Place{File: p.File, Line: p.Line, Column: p.Column}, resource)
	}
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
	// Problem says what is wrong, what is allowed and what to do.
	Problem string
}

func (e *Error) Error() string {
	return e.Place.String() + ": " + e.Problem
}

func problem(at Place, format string, args ...any) error {
	return &Error{at, fmt.Sprintf(format, args...)}
}
