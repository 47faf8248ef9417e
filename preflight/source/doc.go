// Package source reads files into trees in which every value knows its place.
//
// A file is JSON or YAML, whatever its name; both become the same Node. Nothing
// here knows what a tree means. Start at Files, which finds what there is to read,
// and at Read and Parse, which read it.
//
// Input comes from anybody, so everything has a limit: how large a file is, how
// deep values nest, how many values aliases stand for. A file that goes beyond
// one, or that two readers could understand in two ways, is an *Error with its
// place; no file is read in part.
package source
